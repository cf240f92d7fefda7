"""What stands behind the doors of each room, and who of those who are let in find it there."""

from typing import NamedTuple

from tests.doors import DOORS, FOLDER, IMPORT, NOBODY, PEOPLE, SEES, TRAINERS_OF_THE_SITE, room_of

CHILDREN = ("<slug:membership>", "<slug:invitation>", "<slug:theme>", "<int:note>")
NUMBERS = {"texts/": "0", "topics/": "4", "passages/": "7", "pictures/": "1"}
OF_BOTH = (IMPORT + "discard/", IMPORT + "pictures/<int:number>/")
"""Of a text and of a folder alike."""

QUERIES = {"history/compare/": "?before=edition-1&after=edition-1"}
ELSEWHERE = {
    "<path:content_type_id>": "1",
    "<path:object_id>": "1",
    "<id>": "1",
    "<int:pk>": "1",
    r"^(?P<app_label>accounts)/$": "accounts/",
    r"(?P<url>.*)$": "somewhere/",
}


class Place(NamedTuple):
    """``found_by``: of those whom the door lets in."""

    what: str
    address: str
    found_by: tuple


def places_behind(route, stage):
    """Every object that the route is tried with; the first one is there for those whose it is."""
    if "<" not in route and "(" not in route:
        return [Place("the page", "/" + route, PEOPLE)]
    for beginning, find in FINDERS.items():
        if route.startswith(beginning):
            return list(find(route, stage))
    return list(FINDERS_BY_ROOM[room_of(route)](route, stage))


def filled(route, names):
    for placeholder, name in names.items():
        route = route.replace(placeholder, name)
    assert "<" not in route, f"a placeholder without a value: {route}"
    return "/" + route + next((query for ending, query in QUERIES.items() if route.endswith(ending)), "")


def slugs(theme):
    """Of the theme and of its first step; of one that there is not, slugs that lead nowhere."""
    step = theme and theme.steps.first()
    return {"<slug:theme>": theme.slug if theme else "niets", "<slug:topic>": step.slug if step else "niets"}


def in_learning(route, stage):
    for kind, theme in stage.themes.items():
        what = "a theme that all may read" if kind == "open" else f"a theme: {kind}"
        yield Place(what, filled(route, slugs(theme)), SEES[kind])
    if "<slug:topic>" in route:
        for kind, slug in stage.topics.items():
            names = {**slugs(stage.themes["open"]), "<slug:topic>": slug}
            yield Place(f"a topic: {kind}", filled(route, names), NOBODY)


def pictures(route, stage):
    for kind, theme in stage.themes.items():
        name = theme.pictures.get().public_id if theme else "niets"
        found_by = {*SEES[kind], *TRAINERS_OF_THE_SITE} if theme else NOBODY
        yield Place(f"of a theme: {kind}", filled(route, {"<slug:public_id>": name}), tuple(found_by))


def memberships(route, stage):
    for who, group in (("member", stage.group), ("suspended member", stage.other)):
        name = stage.membership(who, group).public_id
        yield Place(f"of the {who}", filled(route, {"<slug:membership>": name}), (who,))
    yield Place("non-existent", filled(route, {"<slug:membership>": "niets"}), NOBODY)


def tokens(route, stage):
    token = stage.wishes.token if route.startswith("unsubscribe/") else stage.link.token
    for what, name, found_by in (("good", token, PEOPLE), ("unknown", "niets", NOBODY)):
        yield Place(what, filled(route, {"<str:token>": name}), found_by)


def in_authoring(route, stage):
    """Trainers see every theme of the site, and each topic in its own theme alone."""
    for kind, theme in stage.themes.items():
        names = {**slugs(theme), "<slug:entry>": stage.entry(route, theme) if theme else "niets"}
        yield Place(f"a theme: {kind}", filled(route, names), TRAINERS_OF_THE_SITE if theme else NOBODY)
    names = {**slugs(stage.themes["open"]), "<slug:entry>": stage.entry(route, stage.themes["open"])}
    for kind in ("of another theme", "non-existent") if "<slug:topic>" in route else ():
        yield Place(f"a topic: {kind}", filled(route, {**names, "<slug:topic>": stage.topics[kind]}), NOBODY)
    if "<slug:entry>" in route:
        for kind, name in entries(route, stage).items():
            yield Place(f"an entry: {kind}", filled(route, {**names, "<slug:entry>": name}), NOBODY)


def entries(route, stage):
    foreign = "edition-99" if "topics/" in route else stage.entry(route, stage.themes["of the group"])
    strange = ("niets", "edition-x", "edition-99999999999999999999", "version-x", "draft-x")
    return {"of another": foreign, **{name: name for name in strange}}


def imports(route, stage):
    own, other = (stage.folder, stage.imported) if route.startswith(FOLDER) else (stage.imported, stage.folder)
    number = next((number for part, number in NUMBERS.items() if f"/{part}<" in route), "0")
    kinds = {"there": own.public_id, "of the other kind": other.public_id, "non-existent": "niets"}
    for kind, name in kinds.items():
        found_by = TRAINERS_OF_THE_SITE if kind == "there" else NOBODY
        if kind != "of the other kind" or route not in OF_BOTH:
            yield Place(kind, filled(route, {"<slug:import_id>": name, "<int:number>": number}), found_by)


def in_tracking(route, stage):
    """A group for those who guide or follow it; and in it, nothing of another group."""
    follow = DOORS[route].opens_for == "followers"
    own, theirs = stage.of_group(stage.group), stage.of_group(stage.other)
    yield Place("their own", filled(route, own), ("trainer", "client") if follow else ("trainer",))
    yield Place(
        "another group's", filled(route, theirs), ("other trainer", "other client") if follow else ("other trainer",)
    )
    yield Place("non-existent", filled(route, {**own, "<slug:group>": "niets"}), NOBODY)
    for child in CHILDREN:
        if child in route:
            yield Place(f"with another's {child}", filled(route, {**own, child: theirs[child]}), NOBODY)


def in_an_account(route, stage):
    yield Place("non-existent", filled(route, {"<slug:session>": "niets", "<int:pk>": "1"}), NOBODY)


def in_the_admin(route, stage):
    yield Place("anything", filled(route, ELSEWHERE), PEOPLE)


FINDERS = {
    "pictures/": pictures,
    "groups/": memberships,
    "join/": tokens,
    "unsubscribe/": tokens,
    "author/import/": imports,
    "author/folders/": imports,
}
FINDERS_BY_ROOM = {
    "": in_learning,
    "author/": in_authoring,
    "track/": in_tracking,
    "account/": in_an_account,
    "admin/": in_the_admin,
}
