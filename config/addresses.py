"""Where somebody may be sent on to: nowhere but on this site. Every ``next`` is checked here."""

from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request, address):
    """Whether ``address``, which came with the request, is a page of this site, and as safely reached as this one."""
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


def next_page(request):
    """The page that a form asks to go back to; the front page if that is not one of ours."""
    wanted = request.POST.get("next", "")
    return wanted if is_ours(request, wanted) else "/"
