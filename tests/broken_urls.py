"""A page that fails over what its reader typed."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from config import errors
from config.urls import urlpatterns as real


@login_not_required
def broken(request):
    return {}[request.GET["name"]]


urlpatterns = [path("broken/", broken, name="broken"), *real]
handler500 = errors.server_error
