"""The product's own addresses, and the floor: what any signed-in page costs before it is a page."""

from django.http import HttpResponse
from django.urls import path

from config import urls
from config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

TEXT = "Zo veel kost het om iemand te herkennen en iets te zeggen.\n" * 205
"""12 kB: about as long as a page."""


def floor(request):
    """Plain text for who is signed in, with the whole middleware but no template and no query of its own."""
    return HttpResponse(f"{request.user.get_short_name()}\n{TEXT}", content_type="text/plain; charset=utf-8")


urlpatterns = [path("floor/", floor), *urls.urlpatterns]
