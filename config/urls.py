"""The map of the building. Every route has a row in tests/test_doors.py."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path
from django_tasks_db.models import DBTaskResult

from config import errors
from config.appearance import choose_appearance

admin.site.unregister([EmailAddress, Group, DBTaskResult])
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", include("courses.urls")),
    path("account/", include("accounts.urls")),
    path("appearance/", choose_appearance, name="choose_appearance"),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
