"""What somebody takes along is what erasing takes away (rule 29), and can be read."""

import json
import zipfile
from html.parser import HTMLParser

import pytest
from django.utils import translation

from accounts.personal import registry
from accounts.personal.erasing import erase
from accounts.personal.exporting import download_for, parts_of
from accounts.personal.registry import Fate, Person
from courses.models import Note
from tests.accounts.personal.everything import SURNAME, learner_with_everything, trainer_with_everything
from tests.conftest import begin, make_theme, make_user
from tests.models.acts import complete, steps_of


@pytest.fixture
def taken(lea_with_everything):
    """{name: text} of the files in Lea's download."""
    with translation.override("en"):
        return unzipped(lea_with_everything)


@pytest.fixture
def lea_with_everything(tom):
    return learner_with_everything(tom)


def unzipped(user):
    with download_for(user) as file, zipfile.ZipFile(file) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_rule_29_what_can_be_exported_and_what_erasure_removes_are_the_same_rows(lea_with_everything):
    person = Person.of(lea_with_everything)
    parts = {part.key: part for part in parts_of(lea_with_everything)}
    shown = [entry for entry in registry.personal_entries() if entry.theirs and entry.fields_with(Fate.EXPORTED)]
    for entry in shown:
        due = entry.rows.filter(entry.theirs(person)).count()
        part = parts.pop(entry.model._meta.label_lower, None)
        assert (len(part.rows) if part else 0) == due, entry.model
    links = {f"{entry.model._meta.label_lower}.{name}" for entry in registry.entries() for name in entry.links}
    assert set(parts) <= links

    erase(lea_with_everything, settle=True)

    assert not [entry for entry in shown if entry.rows.filter(entry.theirs(person)).exists()]


def test_rule_29_each_field_that_is_exported_stands_in_the_file(taken, lea_with_everything):
    kept = json.loads(taken["data.json"])["parts"]
    for entry in registry.personal_entries():
        rows = kept.get(entry.model._meta.label_lower, [])
        for name in entry.fields_with(Fate.EXPORTED) if rows else ():
            assert any(key.split(".")[0] == name for key in rows[0]), (entry.model, name)
        for name in entry.fields_with(Fate.ERASED) if rows else ():
            assert not any(key.split(".")[0] == name for key in rows[0]), (entry.model, name)


def test_every_kind_of_thing_that_is_kept_of_a_learner_is_in_it(taken):
    missing = {
        entry.model._meta.label
        for entry in registry.personal_entries()
        if entry.theirs and entry.fields_with(Fate.EXPORTED) and f"{entry.model._meta.label_lower}.html" not in taken
    }

    assert missing == {"courses.Presence"}, "Lea writes nothing"


def test_rule_14_all_attempts_are_in_it_with_what_happened(taken):
    kept = json.loads(taken["data.json"])["parts"]

    assert [row["attempt"] for row in kept["courses.participation"]] == [1, 2, 1]
    events = [(row["kind"], row["participation.attempt"]) for row in kept["courses.progressevent"]]
    assert ("reopened", 1) in events
    assert ("completed", 2) in events
    assert ("copied", 1) in events


def test_a_deed_of_a_trainer_says_by_whom_and_why(taken):
    events = json.loads(taken["data.json"])["parts"]["courses.progressevent"]

    [done_for_her] = [row for row in events if row["reason"]]
    assert (done_for_her["actor.name"], done_for_her["reason"]) == ("Tom", f"Lea {SURNAME} zei het")


@pytest.mark.parametrize("secret", ["password", "token", "seed", "session_key", "secret"])
def test_no_secret_is_in_it(secret, taken):
    assert f'"{secret}' not in taken["data.json"]


def test_the_pages_link_to_each_other_and_need_nothing_else(taken):
    for name, page in taken.items():
        if name.endswith(".html"):
            reader = Links(page)
            assert set(reader.links) <= set(taken), name
            assert reader.tags.isdisjoint({"script", "img", "iframe", "form"})
            assert name == "index.html" or "index.html" in reader.links


class Links(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.links, self.tags = [], set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.links += [value for name, value in attributes if name in ("href", "src")]


def test_what_others_wrote_is_text_and_not_code(lea_with_everything, tom):
    Note.objects.update(text="<script>alert(1)</script>")

    page = unzipped(lea_with_everything)["courses.note.html"]

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_nothing_of_anybody_else_is_in_it(lea, lars, theme):
    for person in (lea, lars):
        complete(begin(person, theme), *steps_of(theme))

    kept = json.loads(unzipped(lea)["data.json"])["parts"]

    assert len(kept["courses.participation"]) == 1
    assert "lars" not in json.dumps(kept).lower()


def test_a_trainer_finds_where_their_name_stands_and_nothing_about_others(lea):
    tom = trainer_with_everything(lea)

    kept = json.loads(unzipped(tom)["data.json"])["parts"]

    assert kept["courses.edition.author"][0]["title"] == "Van Tom"
    assert kept["courses.group.trainers"] == [{"name": "Teamleiders"}]
    assert set(kept["courses.note.author"][0]) == {"written_at", "membership.group.name"}
    assert "vraagt veel" not in json.dumps(kept).lower()


@pytest.mark.parametrize("steps", [1, 4])
def test_it_costs_the_same_number_of_queries_for_any_number_of_rows(steps, lea, django_assert_max_num_queries):
    theme = make_theme(steps)
    complete(begin(lea, theme), *steps_of(theme))

    with django_assert_max_num_queries(45):
        parts_of(lea)


def test_a_learner_who_did_nothing_gets_their_account(db):
    kept = json.loads(unzipped(make_user("Noor"))["data.json"])["parts"]

    assert set(kept) == {"accounts.user"}
    assert kept["accounts.user"][0]["email"] == "noor@example.org"
