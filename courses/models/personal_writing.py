"""What becomes of articles, and of whatever else is about nobody, when somebody who wrote is erased."""

from django.utils.translation import gettext_lazy as _

from accounts.personal.reasons import IMPERSONAL, ITSELF, NUMBER
from accounts.personal.registry import Chapter, Entry, anonymous, each, erased, exported, kept
from courses.models.addresses import FormerAddress
from courses.models.groups import GroupTheme
from courses.models.imports import Import, ImportPicture
from courses.models.pictures import Picture
from courses.models.presence import Presence
from courses.models.steps import Step
from courses.models.structure import Structure
from courses.models.themes import Theme
from courses.models.topics import Edition, Topic
from courses.models.versions import Version

ARTICLES = _("Articles stay, for those who follow them; nothing says any more who wrote them.")
WHAT_YOU_WRITE = Chapter(
    _("What you write"),
    _("If you make themes: which texts and changes are yours. They stay when you leave, without your name."),
)


def impersonal(model, names):
    return Entry(model, model._meta.verbose_name_plural, each(kept(IMPERSONAL), names), personal=False)


WRITING = [
    Entry(
        Edition,
        _("Articles"),
        {
            **each(
                kept(ARTICLES),
                "id topic number title summary html outline text reading_minutes major note policy_version "
                "written_at published_at",
            ),
            "author": anonymous(
                ARTICLES,
                _("Articles that you wrote"),
                made={"title": _("Title"), "number": _("Edition"), "written_at": _("When")},
            ),
        },
        chapter=WHAT_YOU_WRITE,
    ),
    Entry(
        Version,
        _("What drafts said before"),
        {
            **each(kept(ARTICLES), "id public_id topic edition name title summary html began_at saved_at"),
            "author": anonymous(
                ARTICLES, _("Drafts that you saved"), made={"title": _("Title"), "saved_at": _("When")}
            ),
        },
        chapter=WHAT_YOU_WRITE,
    ),
    Entry(
        Structure,
        _("How themes were built before"),
        {
            **each(kept(ARTICLES), "id public_id theme made_at snapshot"),
            "author": anonymous(
                ARTICLES, _("Themes that you changed"), made={"theme__title": _("Theme"), "made_at": _("When")}
            ),
        },
        chapter=WHAT_YOU_WRITE,
    ),
    Entry(
        Import,
        _("Texts that were brought in"),
        {
            **each(kept(ARTICLES), "id public_id kind name proposal theme report created_at made_at"),
            "author": anonymous(
                ARTICLES, _("Texts that you brought in"), made={"name": _("File"), "created_at": _("When")}
            ),
        },
        chapter=WHAT_YOU_WRITE,
    ),
    Entry(
        Presence,
        _("What you are writing at this moment"),
        {
            **each(erased(NUMBER), "id"),
            **each(erased(ITSELF), "person"),
            "topic": exported(_("Topic"), "topic__published_edition__title"),
            "seen_at": exported(_("When")),
        },
        theirs=lambda person: person.stands_in("person"),
        chapter=WHAT_YOU_WRITE,
    ),
]
ABOUT_NOBODY = [
    impersonal(
        Theme,
        "id slug title summary introduction language access in_order cover cover_alt revision created_at "
        "published_at binned_at",
    ),
    impersonal(Topic, "id published_edition published_at withdrawn_at text_version created_at"),
    impersonal(Step, "id theme topic slug position required release_date added_at archived_at owed_at owed_reason"),
    impersonal(GroupTheme, "id group theme starts_on deadline"),
    impersonal(FormerAddress, "id theme step slug left_at"),
    impersonal(Picture, "id public_id topic theme name file sha256 width height"),
    impersonal(ImportPicture, "id source number name file sha256 width height"),
]
