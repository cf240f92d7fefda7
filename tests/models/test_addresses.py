"""Addresses that were given up lead on; nobody else can take what is in use."""

import pytest
from django.db import IntegrityError, transaction

from courses.models import FormerAddress
from tests.conftest import make_theme
from tests.models.acts import steps_of

pytestmark = pytest.mark.django_db


def led_from(slug):
    return list(FormerAddress.objects.filter(slug=slug).values_list("theme__slug", "step__slug"))


def test_the_former_address_of_a_theme_leads_to_it():
    theme = make_theme(1, slug="oud")

    theme.rename("nieuw")

    assert theme.slug == "nieuw"
    assert led_from("oud") == [("nieuw", None)]


def test_the_former_address_of_a_topic_leads_to_it():
    theme = make_theme(1)
    [step] = steps_of(theme)
    before = step.slug

    theme.rename_step(step, "nieuw")

    assert led_from(before) == [(theme.slug, "nieuw")]


def test_whoever_returns_to_an_address_has_it_again():
    theme = make_theme(0, slug="oud")

    theme.rename("nieuw")
    theme.rename("oud")

    assert led_from("oud") == []
    assert led_from("nieuw") == [("oud", None)]


def test_a_former_address_that_another_theme_takes_leads_there():
    first, second = make_theme(0, slug="vertrouwen"), make_theme(0, slug="tweede")
    first.rename("eerste")

    second.rename("vertrouwen")

    assert led_from("vertrouwen") == []
    assert led_from("tweede") == [("vertrouwen", None)]


def test_two_themes_that_had_one_address_leave_it_to_the_last():
    first, second = make_theme(0, slug="een"), make_theme(0, slug="twee")
    first.rename("drie")
    second.rename("een")

    second.rename("vier")

    assert led_from("een") == [("vier", None)]


def test_the_same_address_again_changes_nothing():
    theme = make_theme(0, slug="oud")

    theme.rename("oud")

    assert not FormerAddress.objects.exists()


def test_an_address_in_use_is_refused():
    first, second = make_theme(0, slug="een"), make_theme(0, slug="twee")

    with pytest.raises(IntegrityError), transaction.atomic():
        second.rename(first.slug)
