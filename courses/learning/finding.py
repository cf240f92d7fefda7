"""What an address names, for whoever asks; outside what they may see there is nothing."""

from django.http import Http404

from courses.models import Participation
from courses.models.journey import journey_at


def journey_through(request, theme):
    """The journey of whoever asks through the theme with this address, or 404."""
    journey = journey_at(theme, request.user)
    if journey is None:
        raise Http404
    return journey


def journey_to(request, theme, topic):
    """The journey through the theme and the step in it that the address names, or 404."""
    journey = journey_through(request, theme)
    step = journey.step(topic)
    if step is None:
        raise Http404
    return journey, step


def participation_in(journey, learner):
    """The participation that deeds are done on; a new one at the first deed."""
    if journey.participation is None:
        return Participation.objects.begin(journey.theme, learner)
    return Participation(**journey.participation._asdict(), theme=journey.theme, learner=learner)
