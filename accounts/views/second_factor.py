from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def totp_qr(request):
    """The picture to scan while an authenticator app is being set up; there is none before and after."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    url = get_adapter().build_totp_url(request.user, secret)
    return HttpResponse(get_adapter().build_totp_svg(url), content_type="image/svg+xml")
