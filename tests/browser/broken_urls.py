"""The map of the building, with three rooms on fire."""

from allauth.core.ratelimit import respond_429
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.urls import path

from config import urls

handler400, handler403, handler404, handler429 = urls.handler400, urls.handler403, urls.handler404, urls.handler429
handler500 = urls.handler500


@login_not_required
def broken(request):
    raise ZeroDivisionError


@login_not_required
def database_away(request):
    raise OperationalError("away")


urlpatterns = [
    path("broken/", broken),
    path("broken/database/", database_away),
    path("broken/too-fast/", login_not_required(respond_429)),
    *urls.urlpatterns,
]
