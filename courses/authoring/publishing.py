"""From draft to what learners read: what is ready, what it will do, and doing it."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.articles.checks import Finding, check
from courses.models import Edition, Step, Topic
from courses.models.topics import StaleTextError


@dataclass(frozen=True)
class Candidate:
    """A topic with a draft, or one that was taken away from learners, and what is to be seen to first."""

    step: Step
    draft: Edition | None
    findings: list[Finding]
    form: "EditionForm"

    @property
    def untitled(self):
        return not self.step.authors_title.strip()

    @property
    def blocked(self):
        return self.untitled or any(finding.blocking for finding in self.findings)

    @property
    def first(self):
        """Whether learners never read it before: then there is nothing to compare with."""
        return self.step.topic.published_edition is None


class EditionForm(forms.Form):
    """How one topic is published: a small or a major edition, with a line on what changed (rule 21).

    ``version`` is the text that was looked at. ``chosen``: publish it together with the theme.
    """

    chosen = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    major = forms.TypedChoiceField(
        label=_("How much did it change?"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        choices=[
            ("no", _("A small edit: learners notice nothing")),
            ("yes", _("It reads differently: whoever read it before is told, and can see what changed")),
        ],
        required=False,
        empty_value=False,
    )
    note = forms.CharField(
        label=_("What changed, in one line"), max_length=300, required=False, help_text=_("Learners read it.")
    )


def candidates(steps, data=None):
    """Return a ``Candidate`` for each of the steps (``with_authors_title``), in a few queries for any number."""
    topics = [step.topic_id for step in steps]
    drafts = {draft.topic_id: draft for draft in Edition.objects.filter(topic__in=topics, published_at=None)}
    return [candidate(step, drafts.get(step.topic_id), data) for step in steps]


def candidate(step, draft, data):
    initial = {"chosen": True, "version": step.topic.text_version, "major": "no"}
    form = EditionForm(data, prefix=step.slug, initial=initial)
    text = draft or step.topic.published_edition
    return Candidate(step, draft, check(text.html) if text else [], form)


def publish(candidate):
    """Publish one topic as its form says. Raises ``StaleTextError`` if the text is no longer what was looked at."""
    topic, chosen = candidate.step.topic, candidate.form.cleaned_data
    fresh = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
    if fresh.text_version != chosen["version"]:
        raise StaleTextError
    fresh.publish(major=chosen["major"] and not candidate.first, note=chosen["note"])
