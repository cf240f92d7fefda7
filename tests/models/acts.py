"""Short words for what people do in these tests."""

from uuid import uuid4

from django.utils import translation

from courses.models.journey import journey_of


def complete(participation, *steps, **circumstances):
    """Complete the steps one after the other, each by a deed of its own; returns what the last call said."""
    return [participation.complete(step, deed=uuid4(), **circumstances) for step in steps][-1]


def reopen(participation, step, **circumstances):
    return participation.reopen(step, deed=uuid4(), **circumstances)


def steps_of(theme):
    """The steps of the theme, in order, those that cannot be read yet too."""
    return list(theme.steps.current_or_draft().select_related("topic"))


def progress_on(step, participation):
    return participation.progress.get(topic=step.topic)


def standing(learner, theme):
    return journey_of(learner, theme).standing


def sentence(learner, theme):
    with translation.override("en"):
        return standing(learner, theme).sentence


def fraction(learner, theme):
    """How far, as people say it: (3, 4) is 3 of the 4."""
    here = standing(learner, theme)
    return here.completed_count, here.required_count


def states(learner, theme):
    return [str(step.state) for step in journey_of(learner, theme).steps]
