from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    """allauth, with the name of this site instead of a table of sites."""

    def get_from_email(self):
        return settings.DEFAULT_FROM_EMAIL

    def send_mail(self, template_prefix, email, context):
        super().send_mail(template_prefix, email, {**context, "site_name": settings.SITE_NAME})
