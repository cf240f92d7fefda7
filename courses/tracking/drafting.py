"""A message to a learner as it could be: the trainer reads it, changes it, and sends it or not."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from courses.tracking.stalling import step_of


def draft(journey, *, learner, trainer, absolute):
    """Friendly words in the language of ``learner``: where they are, and the way back in; never a reproach.

    ``journey`` may be None, then it is about nothing in particular. ``absolute`` makes an address whole.
    """
    with translation.override(learner.language or settings.LANGUAGE_CODE):
        paragraphs = [greeting(learner), *about(journey, absolute), _("Can I help you with anything?"), trainer.name]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def greeting(learner):
    first_name = learner.name.split()[0] if learner.name.split() else ""
    return _("Hello %(name)s,") % {"name": first_name} if first_name else _("Hello,")


def about(journey, absolute):
    if journey is None:
        return [_("How are you getting on?")]
    step, title = step_of(journey), journey.theme.title
    if step is None:
        return [_("How do you look back on “%(theme)s”?") % {"theme": title}]
    if not journey.started:
        question = _("“%(theme)s” is ready for you. It begins with “%(step)s”, about %(minutes)d minutes of reading:")
    else:
        question = _("How are you getting on with “%(theme)s”? You can go on with “%(step)s”:")
    told = question % {"theme": title, "step": step.title, "minutes": max(step.reading_minutes, 1)}
    return [told + "\n" + absolute(step.address if step.readable else journey.theme.get_absolute_url())]
