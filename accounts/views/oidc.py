"""To the organisation's own provider, and back; without a provider in the environment nothing of this exists."""

from functools import wraps

from allauth.core.ratelimit import consume_or_429
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from accounts import oidc


def only_if_configured(view):
    @wraps(view)
    def there(request, *args, **kwargs):
        if not oidc.configured():
            raise Http404
        return view(request, *args, **kwargs)

    return there


@login_not_required
@require_POST
@only_if_configured
def go_to_provider(request):
    """A page that moves on by itself: ``form-action`` would hold back a redirect from a form to another site."""
    if too_often := consume_or_429(request, action="login"):
        return too_often
    conversation = oidc.Conversation(request, oidc.configured()["provider_id"])
    try:
        response = OAuth2LoginView.adapter_view(conversation)(request)
    except RequestException as error:
        return render_authentication_error(request, conversation.get_provider(), exception=error)
    if response.status_code != 302:
        return response
    context = {"provider": oidc.configured()["name"], "provider_url": response.url}
    page = render(request, "socialaccount/going.html", context)
    page["Refresh"] = f"0; url={response.url}"
    return page


@login_not_required
@require_GET
@never_cache
@only_if_configured
def come_back_from_provider(request):
    conversation = oidc.Conversation(request, oidc.configured()["provider_id"])
    return OAuth2CallbackView.adapter_view(conversation)(request)
