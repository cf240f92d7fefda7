"""How long somebody stays signed in, where, and what ends it."""

import hashlib
import time

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.utils import timezone

SIGNED_IN_AT = "signed_in_at"
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def lifetime_of(user):
    """That of the strictest role somebody has."""
    return next(length for role, length in settings.SESSION_LIFETIMES.items() if getattr(user, role))


def is_over(request):
    """A session ends so long after signing in, however busy it was; one that does not say when it began is over."""
    began = request.session.get(SIGNED_IN_AT, 0)
    return time.time() - began > lifetime_of(request.user).total_seconds()


def open_sessions(user):
    """Where somebody is signed in now, the newest first."""
    now = timezone.now()
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    sessions = UserSession.objects.filter(user=user, session_key__in=alive, created_at__gt=now - lifetime_of(user))
    return sessions.order_by("-created_at")


def public_name(session):
    """What stands in an address; the key itself would open the session."""
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:24]


def device(user_agent):
    """Browser and system in two words; empty where neither is known."""
    browser = next((name for sign, name in BROWSERS.items() if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in user_agent), "")
    return " · ".join(filter(None, [browser, system]))


def end_other_sessions(request, user):
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key or ""):
        session.end()


def note_when(request, **kwargs):
    request.session[SIGNED_IN_AT] = int(time.time())


def end_others_of(request, user, **kwargs):
    """Receiver: whoever knew the former password is out, and so is every browser that knew it."""
    end_other_sessions(request, user)


def end_weaker_sessions(request, user, authenticator, **kwargs):
    """Receiver of ``authenticator_added``: from the first second factor on, no session is open that did not ask it."""
    firsts = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    if authenticator.type in firsts and user.authenticator_set.filter(type__in=firsts).count() == 1:
        end_other_sessions(request, user)


def connect():
    user_logged_in.connect(note_when, dispatch_uid="accounts.sessions")
    for signal in (password_changed, password_reset, password_set):
        signal.connect(end_others_of, dispatch_uid="accounts.sessions")
    authenticator_added.connect(end_weaker_sessions, dispatch_uid="accounts.sessions")
