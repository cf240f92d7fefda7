"""The history of a topic's text: published editions and what drafts said, told as one row."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.http import Http404

from courses.models import Edition, Version

LISTED = 200


@dataclass(frozen=True)
class Entry:
    """One text in the history. ``key`` names it in addresses: ``draft``, ``edition-3`` or ``version-<public id>``."""

    key: str
    text: Edition | Version
    at: datetime

    @property
    def edition(self):
        """The published edition, or None for what was never published."""
        return self.text if isinstance(self.text, Edition) and self.text.published_at else None

    @property
    def version(self):
        return self.text if isinstance(self.text, Version) else None

    @property
    def is_draft(self):
        return self.key == "draft"

    @property
    def name(self):
        return self.version.name if self.version else ""


def entries_of(topic):
    """Everything that was written, the latest first: the draft, published editions, and earlier sittings."""
    drafts = [Entry("draft", draft, draft.written_at) for draft in topic.editions.filter(published_at=None)]
    editions = topic.editions.published().select_related("author")
    versions = list(topic.versions.filter(edition=None).select_related("author").order_by("-pk")[:LISTED])
    if drafts and versions and not versions[0].name:
        del versions[0]  # the sitting under way: the draft itself
    rows = [Entry(f"edition-{edition.number}", edition, edition.published_at) for edition in editions]
    rows += [Entry(f"version-{version.public_id}", version, version.saved_at) for version in versions]
    return drafts + sorted(rows, key=attrgetter("at"), reverse=True)


def find_entry(topic, key):
    """The entry with this key of just this topic, or 404."""
    kind, _dash, name = key.partition("-")
    if key == "draft":
        found = topic.draft
    elif kind == "edition":
        found = topic.editions.published().filter(number=int(name) if name.isdecimal() and len(name) < 9 else 0).first()
    elif kind == "version":
        found = topic.versions.filter(public_id=name).first()
    else:
        found = None
    if found is None:
        raise Http404
    return Entry(key, found, getattr(found, "saved_at", None) or found.published_at or found.written_at)
