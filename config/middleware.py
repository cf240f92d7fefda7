"""What holds for every response: the headers, and a page of our own for a refused method."""

from config import errors

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


def response_headers(get_response):
    """Add the security headers that Django and django-csp do not know."""

    def middleware(request):
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def method_not_allowed_page(get_response):
    """Django answers a refused method with an empty page; say what to do instead."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            return errors.method_not_allowed(request, allowed=response.headers["Allow"])
        return response

    return middleware
