"""What is proposed of a text, and what the trainer's deeds do to it: nothing is ever thrown away."""

import pytest
from django.utils import translation

from courses.articles.importers import Article, Block, Lost
from courses.authoring.passages import source_of
from courses.authoring.proposal import MOST_TOPICS, NotThereError, Proposal, TooManyTopicsError

TEXT = [
    Block("paragraph", "<p>samen-leren</p>", left_out="slug"),
    Block("paragraph", "<p>Wie samen leert, komt verder.</p>"),
    Block("heading", "<h2>Vragen</h2>", 2),
    Block("paragraph", "<p>Vraag door.</p>"),
    Block("heading", "<h3>Open vragen</h3>", 3),
    Block("list", "<ul><li>Wat?</li><li>Hoe?</li></ul>"),
    Block("heading", "<h2>Luisteren</h2>", 2),
    Block("paragraph", "<p>Wees stil.</p>"),
    Block("paragraph", "<p>Deel dit stuk</p>", left_out="share"),
]
"""Its passages are numbered from 1: number 0 is the title."""


def proposal_of(*articles):
    return Proposal([source_of(article, name=f"tekst-{n}.txt") for n, article in enumerate(articles, 1)])


@pytest.fixture
def proposal():
    return proposal_of(Article("Samen leren", tuple(TEXT)))


def titles(proposal):
    return [topic.title for topic in proposal.topics if topic.taken]


def words(proposal):
    """Every word there is, wherever it stands."""
    return sorted(passage.text for _number, passage in proposal.numbered)


def test_a_text_is_one_topic_without_what_is_no_lesson(proposal):
    (topic,) = proposal.topics

    assert topic.title == "Samen leren"
    assert "samen-leren" not in topic.html
    assert "Deel dit stuk" not in topic.html
    assert [(number, passage.reason) for number, passage in topic.left_out] == [(1, "slug"), (9, "share")]


def test_the_structure_is_told_in_words(proposal):
    (topic,) = proposal.topics

    with translation.override("en"):
        assert topic.contents == "3 paragraphs, a list"
    assert [(level, heading.text) for _number, level, heading in topic.headings] == [
        (2, "Vragen"),
        (3, "Open vragen"),
        (2, "Luisteren"),
    ]


def test_what_was_left_out_is_put_back_at_its_place(proposal):
    proposal.put_back(9)

    (topic,) = proposal.topics
    assert topic.html.endswith("<p>Wees stil.</p>\n<p>Deel dit stuk</p>")
    assert (9, "share") in [(number, passage.reason) for number, passage in topic.left_out]


def test_what_the_trainer_drops_is_left_out_and_can_come_back(proposal):
    before = proposal.as_json()

    proposal.drop(4)
    assert "Vraag door" not in proposal.topics[0].html
    assert 4 in [number for number, _passage in proposal.topics[0].left_out]

    proposal.put_back(4)
    assert proposal.as_json() == before


def test_a_text_is_split_at_its_highest_headings(proposal):
    proposal.split_source(0)

    assert titles(proposal) == ["Samen leren", "Vragen", "Luisteren"]
    assert proposal.sources[0].split
    assert proposal.topics[1].html == "<p>Vraag door.</p>\n<h2>Open vragen</h2>\n<ul><li>Wat?</li><li>Hoe?</li></ul>"


def test_a_title_without_a_text_of_its_own_becomes_no_topic():
    proposal = proposal_of(Article("Samen leren", tuple(TEXT[2:])))

    proposal.split_source(0)

    assert titles(proposal) == ["Vragen", "Luisteren"]
    assert not proposal.topics[0].taken


def test_a_text_that_was_split_becomes_one_topic_again(proposal):
    before = proposal.as_json()
    proposal.split_source(0)

    proposal.join_source(0)

    assert proposal.as_json() == before


def test_a_text_without_two_headings_of_one_level_has_no_seams():
    proposal = proposal_of(Article("Samen leren", tuple(TEXT[:4])))

    proposal.split_source(0)

    assert titles(proposal) == ["Samen leren"]


def test_a_topic_can_begin_at_any_heading(proposal):
    proposal.split_at(5)

    assert titles(proposal) == ["Samen leren", "Open vragen"]
    assert "<h2>Luisteren</h2>" in proposal.topics[1].html


def test_a_topic_is_joined_with_the_one_before_and_its_title_is_a_heading_again(proposal):
    proposal.split_source(0)
    proposal.name_topics({7: "Stil zijn"})

    proposal.join(7)

    assert titles(proposal) == ["Samen leren", "Vragen"]
    assert "<h2>Stil zijn</h2>\n<p>Wees stil.</p>" in proposal.topics[1].html


def test_a_topic_is_not_joined_with_one_that_is_left_out(proposal):
    proposal.split_source(0)
    proposal.leave_out(3)

    with pytest.raises(NotThereError):
        proposal.join(7)


def test_two_texts_can_become_one_topic():
    proposal = proposal_of(Article("Een", tuple(TEXT[1:2])), Article("Twee", tuple(TEXT[3:4])))

    proposal.join(2)

    (topic,) = proposal.topics
    assert topic.html == "<p>Wie samen leert, komt verder.</p>\n<h2>Twee</h2>\n<p>Vraag door.</p>"


def test_a_whole_topic_can_be_left_out_and_taken_after_all(proposal):
    proposal.split_source(0)

    proposal.leave_out(3)
    assert titles(proposal) == ["Samen leren", "Luisteren"]

    proposal.take(3)
    assert titles(proposal) == ["Samen leren", "Vragen", "Luisteren"]


def test_titles_are_changed_and_an_empty_one_is_not(proposal):
    proposal.split_source(0)

    proposal.name_topics({0: "  Samen\n<b>leren</b> ", 3: " ", 99: "Niets"})

    assert titles(proposal) == ["Samen <b>leren</b>", "Vragen", "Luisteren"]


def test_a_heading_that_stays_in_the_text_is_not_renamed_by_a_title(proposal):
    proposal.name_topics({3: "Anders"})

    assert "<h2>Vragen</h2>" in proposal.topics[0].html


def test_just_the_texts_that_were_chosen_become_topics():
    proposal = proposal_of(*(Article(title, tuple(TEXT[1:2])) for title in ("Een", "Twee", "Drie")))

    proposal.choose({0, 2})

    assert titles(proposal) == ["Een", "Drie"]
    assert proposal.name_of_theme == "Een"


DEEDS = {
    "put back what is not there": lambda proposal: proposal.put_back(99),
    "drop the title": lambda proposal: proposal.drop(0),
    "split at a paragraph": lambda proposal: proposal.split_at(4),
    "join the first": lambda proposal: proposal.join(0),
    "join what begins no topic": lambda proposal: proposal.join(5),
    "leave out what begins no topic": lambda proposal: proposal.leave_out(5),
    "split another text": lambda proposal: proposal.split_source(1),
    "split a text before the first": lambda proposal: proposal.split_source(-1),
    "choose nothing": lambda proposal: proposal.choose(set()),
    "choose another text": lambda proposal: proposal.choose({0, 1}),
}


@pytest.mark.parametrize("what", DEEDS)
def test_what_cannot_be_done_changes_nothing(proposal, what):
    before = proposal.as_json()

    with pytest.raises(NotThereError):
        DEEDS[what](proposal)

    assert proposal.as_json() == before


def test_splitting_at_what_was_left_out_cannot_be_done(proposal):
    proposal.drop(3)

    with pytest.raises(NotThereError):
        proposal.split_at(3)


def test_no_word_is_lost_by_any_deed(proposal):
    then = words(proposal)

    for deed in ("split_source", "join_source"):
        getattr(proposal, deed)(0)
        for number, passage in proposal.numbered[1:]:
            if not passage.begins:
                proposal.drop(number)
        proposal = Proposal.from_json(proposal.as_json())

    assert words(proposal) == then


def test_a_long_title_is_cut_at_a_word_and_the_whole_of_it_begins_the_text():
    long = "Vertrouwen " * 40
    (topic,) = proposal_of(Article(long, tuple(TEXT[1:2]))).topics

    assert len(topic.title) <= 300
    assert topic.title.endswith(" Vertrouwen…")
    assert topic.html.startswith(f"<p>{long.strip()}</p>")


def test_a_long_title_that_comes_back_from_the_page_is_no_change():
    proposal = proposal_of(Article("Vertrouwen " * 40, tuple(TEXT[1:2])))
    before = proposal.as_json()

    proposal.name_topics({0: proposal.topics[0].title})

    assert proposal.as_json() == before


@pytest.mark.parametrize("title", ["🙂🙂", "שלום עולם", "x\x00y", "<script>alert(1)</script>", "a & b"])
def test_titles_of_every_kind_stay_what_they_are(title):
    (topic,) = proposal_of(Article(title, tuple(TEXT[1:2]))).topics

    assert topic.title == title.replace("\x00", "")


def test_a_text_without_a_title_is_called_after_its_file():
    assert titles(proposal_of(Article("", tuple(TEXT[1:2])))) == ["tekst-1.txt"]


def test_what_was_lost_is_kept_with_the_text():
    proposal = proposal_of(Article("Een", tuple(TEXT), lost=(Lost("macro"),)))

    assert Proposal.from_json(proposal.as_json()).sources[0].lost == [Lost("macro")]


def test_more_topics_than_a_theme_should_have_are_refused():
    headings = tuple(Block("heading", "<h2>Kop</h2>", 2) for _number in range(MOST_TOPICS))
    proposal = proposal_of(Article("Veel", (*headings, Block("heading", "<h2>Kop</h2>", 2))))

    with pytest.raises(TooManyTopicsError):
        proposal.split_source(0)
