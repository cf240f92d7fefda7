"""A visitor's deed, kept while they sign in and done when they have."""

import time

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext as _

from courses.learning.arrival import arrive
from courses.models import Participation, Step
from courses.models.journey import journey_of
from courses.models.outlines import edition_shown

KEY = "pending_completion"
KEPT_SECONDS = 30 * 60


def keep(request, step, *, deed, edition):
    """Remember in the visitor's session that they completed ``step``; the last one is kept."""
    kept = {"step": step.pk, "deed": str(deed), "edition": edition}
    request.session[KEY] = {**kept, "until": time.time() + KEPT_SECONDS}


def do(request, user, **kwargs):
    """Receiver of ``user_logged_in``: complete the step for who signed in, if they may read it."""
    pending = request.session.pop(KEY, None)
    if not pending or pending["until"] < time.time():
        return
    step = Step.objects.visible_to(user).select_related("theme").filter(pk=pending["step"]).first()
    if step is None:
        return
    here = journey_of(user, step.theme).step(step.slug)
    if here is None or not here.readable:
        return
    participation = Participation.objects.begin(step.theme, user)
    finished_before = participation.completed_at
    read = edition_shown(here, pending.get("edition"))
    completed = participation.complete(here, deed=pending["deed"], edition_id=read)
    if participation.completed_at and not finished_before:
        arrive(request, step.theme)
    elif completed:
        messages.success(request, _("“%(title)s” is completed.") % {"title": here.title})


def connect():
    user_logged_in.connect(do, dispatch_uid="courses.learning.pending")
