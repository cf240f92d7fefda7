"""A page costs the same for 4 and for 400 topics, and few queries at all."""

import gzip
import uuid
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache

from tests.conftest import begin, make_steps, make_theme, signed_in


@pytest.fixture(scope="module")
def long_theme_steps():
    return 400


def grown(theme, count):
    return make_steps(theme, count - theme.steps.count())


@pytest.fixture
def under_way(lea, theme):
    """Lea completed the first of four topics; her earlier attempt stands too."""
    first = theme.steps.first()
    participation = begin(lea, theme).restart()
    participation.open(first)
    participation.complete(first, deed=uuid.uuid4())
    return theme


def queries_of(client, url, django_assert_max_num_queries):
    """The queries of a second visit; the first also reads what is kept in memory, within the bounds."""
    with django_assert_max_num_queries(8):
        client.get(url)
    with django_assert_max_num_queries(100) as asked:
        response = client.get(url)

    assert response.status_code == 200
    return len(asked)


def test_theme_and_topic_page_cost_the_same_for_4_and_for_400_topics(
    lea, under_way, django_assert_max_num_queries, long_theme_steps
):
    client = signed_in(lea)
    pages = [under_way.get_absolute_url(), under_way.steps.last().get_absolute_url()]
    few = [queries_of(client, page, django_assert_max_num_queries) for page in pages]

    grown(under_way, long_theme_steps)

    many = [queries_of(client, page, django_assert_max_num_queries) for page in pages]
    assert many == few
    assert max(many) == 4


def test_who_begins_or_is_under_way_for_the_first_time_costs_one_query_less(lea, theme, django_assert_max_num_queries):
    begin(lea, theme)
    client = signed_in(lea)
    pages = [theme.get_absolute_url(), theme.steps.first().get_absolute_url()]

    begun = [queries_of(client, page, django_assert_max_num_queries) for page in pages]
    begin(lea, theme).complete(theme.steps.first(), deed=uuid.uuid4())
    under_way = [queries_of(client, page, django_assert_max_num_queries) for page in pages]

    assert begun == under_way == [3, 3]


@pytest.mark.parametrize("count", [1, 40])
def test_topics_of_other_themes_cost_one_query_more_for_any_number_of_them(
    lea, under_way, django_assert_max_num_queries, count
):
    other = make_theme(1)
    elsewhere = begin(lea, other)
    for step in grown(make_theme(0), count).steps.all():
        elsewhere.complete(other.add(step.topic, slug=step.slug), deed=uuid.uuid4())
        under_way.add(step.topic, slug=step.slug)
    client = signed_in(lea)
    client.get(under_way.get_absolute_url())

    shared, own = under_way.steps.last(), under_way.steps.all()[1]
    pages = [under_way, shared, own]
    asked = [queries_of(client, page.get_absolute_url(), django_assert_max_num_queries) for page in pages]

    assert asked == [5, 5, 4]


def test_what_was_updated_costs_no_query_more(lea, under_way, django_assert_max_num_queries):
    step = under_way.steps.first()
    step.topic.write(title="Nieuw", html="<p>Anders.</p>")
    step.topic.publish(major=True, note="Alles.")
    client = signed_in(lea)
    client.get(step.get_absolute_url())

    pages = [under_way.get_absolute_url(), step.get_absolute_url()]

    assert [queries_of(client, page, django_assert_max_num_queries) for page in pages] == [4, 4]
    assert queries_of(client, f"{step.get_absolute_url()}changes/", django_assert_max_num_queries) == 5


@pytest.mark.parametrize("themes", [1, 4])
def test_home_costs_the_same_for_any_number_of_themes(lea, themes, django_assert_max_num_queries):
    for _number in range(themes):
        theme = make_theme(2)
        begin(lea, theme).open(theme.steps.first())
    make_theme(2)

    assert queries_of(signed_in(lea), "/", django_assert_max_num_queries) == 8


def test_completing_costs_the_same_for_4_and_for_100_topics(lea, under_way, django_assert_max_num_queries):
    client = signed_in(lea)

    def complete(position):
        step = under_way.steps.get(position=position)
        with django_assert_max_num_queries(100) as asked:
            client.post(f"{step.get_absolute_url()}complete/", {"deed": uuid.uuid4()})
        return len(asked)

    complete(2)  # the first one after a change also reads what is kept in memory
    few = complete(3)
    grown(under_way, 100)
    complete(50)

    assert complete(51) == few


def test_pages_of_the_demo_are_small(learner, demo_theme):
    pages = [demo_theme.get_absolute_url(), *(step.get_absolute_url() for step in demo_theme.steps.all())]

    sizes = [len(learner.get(page).content) for page in pages]

    assert max(sizes) <= 30_000


def test_a_first_load_with_everything_is_at_most_100_kb(learner, demo_theme):
    styles = ["app", "tokens", "base", "layout", "components", "rooms/accounts", "rooms/learning"]
    files = [finders.find(f"css/{name}.css") for name in styles]
    files += [finders.find("django_htmx/htmx-2.min.js"), finders.find("js/opening.js"), finders.find("icon.svg")]
    shared = sum(len(gzip.compress(Path(file).read_bytes())) for file in files)

    for step in demo_theme.steps.all():
        page = learner.get(step.get_absolute_url()).content
        pictures = sum(picture.file.size for picture in step.topic.pictures.all())
        assert len(gzip.compress(page)) + shared + pictures <= 100_000


def test_progress_is_never_cached(learner, demo_theme):
    for page in ("/", demo_theme.get_absolute_url(), demo_theme.steps.first().get_absolute_url()):
        assert learner.get(page).headers["Cache-Control"] == "private, no-store"
        assert cache.get(page) is None
