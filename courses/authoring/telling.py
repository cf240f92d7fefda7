"""What changed between two moments of a theme's structure, in sentences."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def changes_between(before, after):
    """Return sentences on what changed from one snapshot to the next; ``before`` is None at the beginning."""
    if before is None:
        return [_("Begins here")]
    return [*about_theme(before, after), *about_steps(before, after)]


def about_theme(before, after):
    if before["title"] != after["title"]:
        yield _("Title: “%(before)s” became “%(after)s”") % {"before": before["title"], "after": after["title"]}
    words = {
        "summary": _("Summary changed"),
        "introduction": _("Introduction changed"),
        "language": _("Language changed"),
        "access": _("Who may follow it changed"),
    }
    yield from (sentence for name, sentence in words.items() if before[name] != after[name])
    if before["in_order"] != after["in_order"]:
        yield _("To be followed in order") if after["in_order"] else _("Free to be followed in any order")
    if before["published"] != after["published"]:
        yield _("Published") if after["published"] else _("Taken away from learners")
    if before["binned"] != after["binned"]:
        yield _("Thrown away") if after["binned"] else _("Taken back from the bin")


def about_steps(before, after):
    old, new = ({entry["step"]: entry for entry in snapshot["steps"]} for snapshot in (before, after))
    for step in new:
        if step not in old:
            yield _("Added: “%(title)s”") % called(new[step])
    for step in old:
        if step not in new:
            yield _("Taken out: “%(title)s”") % called(old[step])
    kept = [step for step in new if step in old]
    for step in kept:
        yield from about_step(old[step], new[step])
    if kept != [step for step in old if step in new]:
        yield _("Other order: %(titles)s") % {"titles": ", ".join(called(new[step])["title"] for step in new)}


def about_step(old, new):
    if old["title"] != new["title"]:
        yield _("Title: “%(before)s” became “%(after)s”") % {
            "before": called(old)["title"],
            "after": called(new)["title"],
        }
    if old["required"] != new["required"]:
        yield (_("“%(title)s” counts") if new["required"] else _("“%(title)s” became an extra")) % called(new)
    if old["release_date"] != new["release_date"]:
        yield released(new)
    if old["published"] != new["published"]:
        yield (_("“%(title)s” published") if new["published"] else _("“%(title)s” taken away from learners")) % called(
            new
        )
    if old["slug"] != new["slug"]:
        yield _("Address of “%(title)s” changed") % called(new)


def released(entry):
    if not entry["release_date"]:
        return _("“%(title)s” without a release date") % called(entry)
    when = date_format(date.fromisoformat(entry["release_date"]))
    return _("“%(title)s” from %(date)s") % {**called(entry), "date": when}


def called(entry):
    return {"title": entry["title"] or _("Untitled")}
