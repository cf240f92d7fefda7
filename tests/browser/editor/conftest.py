"""Tom writes a topic in a browser of his own."""

import pytest

from tests.browser.writing import make_trainer, make_written_topic, sit_down


@pytest.fixture
def topic(db):
    return make_written_topic()


@pytest.fixture
def tom(db):
    return make_trainer("Tom")


@pytest.fixture
def page(context, base_url, topic, tom):
    return sit_down(context, base_url, tom)
