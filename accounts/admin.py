from allauth.account.adapter import get_adapter
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts import second_factor, sessions
from accounts.models import User


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Appoint trainers and staff. An address is changed by its owner, who confirms the new one.

    Nobody is deleted here, for more hangs on a person than this room knows: they erase their account themselves, or the
    keeper does it for them with ``manage.py erase``. Switching off ("active") shuts them out.
    """

    ordering = ["email"]
    list_display = ["email", "name", "is_trainer", "is_staff", "is_active"]
    list_filter = ["is_trainer", "is_staff", "is_active"]
    search_fields = ["email", "name"]
    readonly_fields = ["joined_at", "last_login"]
    actions = ["take_away_second_factor"]
    fieldsets = [
        (None, {"fields": ["email", "name", "language"]}),
        (None, {"fields": ["is_trainer", "is_staff", "is_superuser", "is_active", "groups", "user_permissions"]}),
        (None, {"fields": ["joined_at", "last_login"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "email"] if obj else self.readonly_fields

    def user_change_password(self, request, id, form_url=""):
        """Whoever it concerns is told by mail, and signed out wherever the former password was known."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            person = self.get_object(request, id)
            sessions.end_other_sessions(request, person)
            get_adapter(request).send_notification_mail("account/email/password_changed", person)
        return response

    @admin.action(description=_("Take away passkeys and authenticator app, for who lost them"), permissions=["change"])
    def take_away_second_factor(self, request, people):
        """The keys themselves are shown to nobody, not even to staff; whoever it concerns is told by mail."""
        for person in people:
            if second_factor.take_away(person):
                get_adapter(request).send_notification_mail("account/email/second_factor_taken_away", person)
                self.log_change(request, person, "took away the second factor")

    def has_delete_permission(self, request, obj=None):
        return False


def password_as_everybody(request):
    """Staff change their own where everybody does: a limit to guessing, told by mail, signed out elsewhere."""
    return redirect("account_change_password")
