"""Imports by several at once: nothing is made twice, and no deed is lost."""

from functools import partial

import pytest

from courses.models import Edition, Theme
from tests.authoring.brought import ARTICLE, proposal_of, proposed
from tests.conftest import signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]

THREADS = 8


def posting(tom, imported, deed):
    return partial(signed_in(tom).post, f"{imported.get_absolute_url()}{deed}/")


def test_drafts_that_eight_have_made_at_once_are_made_once(crowd, tom):
    imported = proposed(tom)

    answers = crowd([posting(tom, imported, "make") for _thread in range(THREADS)])

    assert [answer.status_code for answer in answers] == [303] * THREADS
    assert (Theme.objects.count(), Edition.objects.count()) == (1, 1)


def test_of_eight_deeds_at_once_none_is_lost(crowd, tom):
    imported = proposed(tom, ARTICLE + "\n\nNog een alinea met iets nieuws. Lees die rustig door." * THREADS)
    numbers = [number for number, passage in proposal_of(imported).numbered if passage.kind == "paragraph"][:THREADS]

    answers = crowd([posting(tom, imported, f"passages/{number}/drop") for number in numbers])

    assert [answer.status_code for answer in answers] == [303] * THREADS
    passages = dict(proposal_of(imported).numbered)
    assert not any(passages[number].kept for number in numbers)
