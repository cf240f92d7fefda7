from allauth.account.adapter import get_adapter
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from accounts import second_factor, sessions
from accounts.models import User
from accounts.proving import proof_first

RIGHTS = ["is_staff", "is_superuser"]


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Appoint trainers and staff, after proving once more who one is; looking at the list is free.

    Staff who were given only some rights in the admin give none, not to themselves either, and leave those who have
    all as they are.

    An address is changed by its owner, who confirms the new one.

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
        (None, {"fields": ["is_trainer", "is_active", *RIGHTS]}),
        (None, {"fields": ["joined_at", "last_login"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def get_readonly_fields(self, request, obj=None):
        rights = [] if request.user.is_superuser else RIGHTS
        return [*self.readonly_fields, *rights, *(["email"] if obj else [])]

    def has_change_permission(self, request, obj=None):
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def changelist_view(self, request, extra_context=None):
        view = super().changelist_view
        return (proof_first(view) if request.method == "POST" else view)(request, extra_context)

    @method_decorator(proof_first)
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Adding and changing; the form names its address, for after a proof it may be shown at another one."""
        return super().changeform_view(request, object_id, form_url or request.path, extra_context)

    @method_decorator(proof_first)
    def user_change_password(self, request, id, form_url=""):
        """Whoever it concerns is told by mail, and signed out wherever the former password was known."""
        response = super().user_change_password(request, id, form_url or request.path)
        changed = response.status_code == 302 and response.url != request.get_full_path()  # else it was refused
        if request.method == "POST" and changed:
            person = self.get_object(request, id)
            sessions.end_other_sessions(request, person)
            get_adapter(request).send_notification_mail("account/email/password_changed", person)
        return response

    @admin.action(description=_("Take away passkeys and authenticator app, for who lost them"), permissions=["change"])
    def take_away_second_factor(self, request, people):
        """The keys themselves are shown to nobody, not even to staff; whoever it concerns is told by mail."""
        for person in people:
            if self.has_change_permission(request, person) and second_factor.take_away(person):
                get_adapter(request).send_notification_mail("account/email/second_factor_taken_away", person)
                self.log_change(request, person, "took away the second factor")

    def has_delete_permission(self, request, obj=None):
        return False


def password_as_everybody(request):
    """Staff change their own where everybody does: a limit to guessing, told by mail, signed out elsewhere."""
    return redirect("account_change_password")
