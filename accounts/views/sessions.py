"""Where somebody is signed in, and signing out there."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import sessions as ours


@require_safe
@never_cache
def sessions(request):
    rows = [
        {
            "name": ours.public_name(session),
            "device": ours.device(session.user_agent),
            "ip": session.ip,
            "since": session.created_at,
            "until": session.created_at + ours.lifetime_of(request.user),
            "current": session.session_key == request.session.session_key,
        }
        for session in ours.open_sessions(request.user)
    ]
    others = any(not row["current"] for row in rows)
    return render(request, "account/sessions.html", {"sessions": rows, "others": others})


@require_POST
def end_session(request, session):
    """Sign out there; on this browser one signs out with the button for it."""
    for one in ours.open_sessions(request.user).exclude(session_key=request.session.session_key):
        if ours.public_name(one) == session:
            one.end()
            messages.success(request, _("Signed out there."))
            return redirect("accounts:sessions")
    raise Http404


@require_POST
def end_other_sessions(request):
    ours.end_other_sessions(request, request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("accounts:sessions")
