"""No model and no field without somebody having said what becomes of it."""

import pytest
from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from accounts.models import User
from accounts.personal import registry
from accounts.personal.registry import Fate

ENTRIES = {entry.model: entry for entry in registry.entries()}


def own_fields(model):
    return {field.name for field in model._meta.get_fields() if field.concrete or not field.auto_created}


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_field_of_every_model_is_in_the_registry(model):
    assert model in ENTRIES, f"{model._meta.label} is missing: say in the registry what becomes of it"
    assert set(ENTRIES[model].fields) == own_fields(model)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.model._meta.label)
class TestEachEntry:
    def test_has_a_reason_for_what_is_left_out_or_stays(self, entry):
        for name, field in entry.fields.items():
            assert field.why or field.fate == Fate.EXPORTED, name

    def test_shows_what_is_exported_and_nothing_that_is_not(self, entry):
        for field in entry.fields.values():
            assert bool(field.columns) == (field.fate == Fate.EXPORTED) or field.fate == Fate.ANONYMOUS
            assert bool(field.made) == bool(field.title) == (field.fate == Fate.ANONYMOUS)

    def test_is_told_of_on_the_page_on_privacy_if_it_is_about_somebody(self, entry):
        assert bool(entry.chapter) == entry.personal

    def test_lets_whole_rows_go_or_none(self, entry):
        fates = {field.fate for field in entry.fields.values()}

        assert bool(fates & {Fate.EXPORTED, Fate.ERASED}) == bool(entry.theirs)
        assert Fate.KEPT not in fates or entry.theirs is None

    def test_says_of_every_field_that_names_a_person_that_it_goes(self, entry):
        for field in entry.model._meta.get_fields():
            names = isinstance(field, ForeignKey | OneToOneField) or field.many_to_many
            if field.name in entry.fields and names and field.related_model is User:
                assert entry.fields[field.name].fate != Fate.KEPT, field.name

    def test_empties_only_what_may_be_empty(self, entry):
        for name in entry.links:
            field = entry.model._meta.get_field(name)

            assert field.many_to_many or field.null


def test_a_model_that_says_nothing_of_anybody_is_kept_whole():
    for entry in ENTRIES.values():
        if not entry.personal:
            assert {field.fate for field in entry.fields.values()} == {Fate.KEPT}
            assert entry not in registry.personal_entries()
