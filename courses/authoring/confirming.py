"""Nothing happens unseen: what a deed will do to people is shown before it is done (rule 25)."""

from django.shortcuts import render
from django_htmx.http import reselect, reswap, retarget

NOT_SENT_ON = {"csrfmiddlewaretoken", "confirmed", "reason"}


def ask_first(request, *, title, effects, button, back, alternative=None):
    """Return the page that shows ``effects`` and asks to confirm; None if that was done, or nobody is concerned.

    The page sends the same form again. ``alternative`` is another deed to offer: (address, fields, words).
    """
    concerned = [effect for effect in effects if effect.follower_count]
    if "confirmed" in request.POST or not concerned:
        return None
    context = {
        "title": title,
        "effects": concerned,
        "asks": any(effect.concerns_finished for effect in concerned),
        "button": button,
        "back": back,
        "alternative": alternative,
        "fields": [(name, value) for name, value in request.POST.items() if name not in NOT_SENT_ON],
    }
    response = render(request, "courses/authoring/effect.html", context)
    return reselect(retarget(reswap(response, "innerHTML"), "#effect-dialog"), "#effect")


def reason_in(request):
    """Why learners who had finished are asked to do something new; empty: they are not (rule 17)."""
    return request.POST.get("reason", "").strip()[:300] if request.POST.get("ask") == "yes" else ""
