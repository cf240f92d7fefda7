from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from accounts.models import User


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Appoint trainers and staff. An address is changed by its owner, who confirms the new one."""

    ordering = ["email"]
    list_display = ["email", "name", "is_trainer", "is_staff", "is_active"]
    list_filter = ["is_trainer", "is_staff", "is_active"]
    search_fields = ["email", "name"]
    readonly_fields = ["joined_at", "last_login"]
    fieldsets = [
        (None, {"fields": ["email", "name", "language"]}),
        (None, {"fields": ["is_trainer", "is_staff", "is_superuser", "is_active", "groups", "user_permissions"]}),
        (None, {"fields": ["joined_at", "last_login"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "email"] if obj else self.readonly_fields
