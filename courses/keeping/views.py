"""Plain answers for machines, and for the keeper who asks by hand. No word in them is a secret."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from courses.keeping import figures, readiness

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
TEXT = "text/plain; charset=utf-8"


@login_not_required
@require_safe
def healthz(request):
    """This process answers. It looks at nothing else."""
    return HttpResponse("ok\n", content_type=TEXT, headers=HEADERS)


@login_not_required
@require_safe
def readyz(request):
    """200 if this server can do its work, else 503; and why, as JSON or as text."""
    found = readiness.look()
    status = 200 if found.ready else 503
    if request.headers.get("Accept", "").startswith("text/plain"):
        return HttpResponse(found.as_text(), status=status, content_type=TEXT, headers=HEADERS)
    return JsonResponse(found.as_dict(), status=status, headers=HEADERS, json_dumps_params={"indent": 1})


@login_not_required
@require_safe
def metrics(request):
    """What was counted, for who has the token; without one in the settings there is no such page."""
    if not settings.METRICS_TOKEN:
        return HttpResponse("Not found\n", status=404, content_type=TEXT, headers=HEADERS)
    sent = request.headers.get("Authorization", "").encode()
    if not constant_time_compare(sent, f"Bearer {settings.METRICS_TOKEN}".encode()):
        headers = {**HEADERS, "WWW-Authenticate": "Bearer"}
        return HttpResponse("A token is needed\n", status=401, content_type=TEXT, headers=headers)
    return HttpResponse(figures.exposed(), content_type=CONTENT_TYPE_LATEST, headers=HEADERS)
