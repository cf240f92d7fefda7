"""The map of the building. Every route has a row in tests/doors.py."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path
from django_tasks_db.models import DBTaskResult

from accounts.admin import password_as_everybody
from config import errors, limits
from config.appearance import choose_appearance

admin.site.unregister([Authenticator, DBTaskResult, EmailAddress, Group])
admin.site.unregister([SocialAccount, SocialApp, SocialToken, UserSession])
admin.site.site_header = admin.site.site_title = settings.SITE_NAME
admin.site.login = secure_admin_login(admin.site.login)
admin.site.password_change = password_as_everybody

urlpatterns = [
    path("", include("courses.urls")),
    path("account/", include("accounts.urls")),
    path("", include("accounts.pages_urls")),
    path("appearance/", choose_appearance, name="choose_appearance"),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = limits.refused
handler500 = errors.server_error
