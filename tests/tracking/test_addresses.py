"""What is understood of what people paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.tracking.addresses import Why, read


def people(text):
    return [(person.name, person.address) for person in read(text).people]


def wrong(text):
    return [(one.line, one.why) for one in read(text).wrong]


@pytest.mark.parametrize(
    "text",
    [
        "Lea Jansen <lea@example.org>",
        "Jansen, Lea <lea@example.org>",
        '"Lea Jansen" <lea@example.org>;',
        "Lea Jansen lea@example.org",
        "Lea Jansen (lea@example.org)",
        "Lea Jansen\tlea@example.org",
        "Lea\tJansen\tlea@example.org\t06-12345678",
        "Lea;Jansen;lea@example.org",
        '"Lea Jansen","lea@example.org"',
        "lea@example.org;Lea Jansen",
        "Naam;E-mail\nLea Jansen;lea@example.org",
        "E-mailadres\tAfdeling\tVoornaam\tAchternaam\r\nlea@example.org\tZorg\tLea\tJansen",
    ],
)
def test_a_name_with_an_address_however_it_is_pasted(text):
    name, address = people(text)[0]

    assert (set(name.split()), address) == ({"Lea", "Jansen"}, "lea@example.org")
    assert read(text).wrong == []


@pytest.mark.parametrize("between", [", ", "; ", "\n", "\r\n", "\t", " ", ",\n\n"])
def test_a_list_of_addresses_however_it_is_separated(between):
    text = between.join(["lea@example.org", "lars@example.org", "noor@example.org"])

    assert people(text) == [("", "lea@example.org"), ("", "lars@example.org"), ("", "noor@example.org")]
    assert read(text).wrong == []


def test_a_mailto_is_an_address():
    assert people("mailto:lea@example.org") == [("", "lea@example.org")]


def test_names_among_addresses_are_not_lost_unseen():
    text = "Lea Jansen <lea@example.org>; Piet"

    assert people(text) == [("Lea Jansen", "lea@example.org")]
    assert wrong(text) == [(1, Why.NO_ADDRESS)]


def test_the_same_address_counts_once_in_any_case():
    reading = read("lea@example.org\nLars <lars@example.org>\nLea <LEA@example.org>")

    assert [person.address for person in reading.people] == ["lea@example.org", "lars@example.org"]
    assert [(double.line, double.first) for double in reading.doubles] == [(3, 1)]


@pytest.mark.parametrize(
    ("text", "why", "suggestion"),
    [
        ("lea@@example.org", Why.TWO_ATS, "lea@example.org"),
        ("lea@lars@example.org", Why.TWO_ATS, ""),
        ("lea.example.org", Why.NO_ADDRESS, ""),
        ("lea@example.org.", Why.DOTS, "lea@example.org"),
        ("lea@example..org", Why.DOTS, "lea@example.org"),
        ("lea @ example.org", Why.SPACES, "lea@example.org"),
        ("<lea @example.org>", Why.SPACES, "lea@example.org"),
        ("lea@example", Why.NO_DOMAIN, ""),
        ("lea@gmial.com", Why.MISSPELT, "lea@gmail.com"),
        ("lea!!)(@example.org", Why.NOT_VALID, ""),
        ("l" * 60 + "@" + "e" * 60 + ".example" * 25, Why.TOO_LONG, ""),
        ("@", Why.NO_ADDRESS, ""),
    ],
)
def test_what_is_wrong_says_why_and_what_may_be_meant(text, why, suggestion):
    reading = read("\nLars <lars@example.org>\n" + text)

    [one] = reading.wrong
    assert (one.line, one.why, one.suggestion) == (3, why, suggestion)
    assert [person.address for person in reading.people] == ["lars@example.org"]


def test_a_long_name_is_cut_where_the_database_would():
    [person] = read(f"{'Lea ' * 100}<lea@example.org>").people

    assert len(person.name) <= 150


def test_nothing_is_nothing():
    assert people(" \n;;;\n\t\n") == []
    assert read(" \n;;;\n\t\n").wrong == []


PIECES = st.sampled_from(["lea@example.org", "LEA@example.org", "Lars", "<", ">", '"', ";", ",", "\t", "\n", " ", "@"])


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join)))
def test_whatever_is_pasted_it_is_read(text):
    reading = read(text)

    for person in reading.people:
        assert person.address in text
        assert "\x00" not in person.name
    keys = [person.key for person in reading.people]
    assert len(keys) == len(set(keys))
    assert all(double.address.casefold() in keys for double in reading.doubles)


def test_ten_thousand_lines_are_read():
    lines = [f"Deelnemer {number} <deelnemer{number}@example.org>" for number in range(9_700)]
    lines += [f"niemand {number}" for number in range(300)]

    reading = read("\n".join(lines))

    assert (len(reading.people), len(reading.wrong)) == (9_700, 300)
