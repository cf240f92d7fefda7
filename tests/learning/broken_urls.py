"""The product's addresses, and two that break."""

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns


@login_not_required
def broken(request):
    raise ZeroDivisionError


@login_not_required
def away(request):
    raise OperationalError


urlpatterns = [*urlpatterns, path("broken/", broken), path("away/", away)]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
