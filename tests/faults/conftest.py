import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def language_as_before():
    """A page leaves its language behind in its thread, and the next test would read it."""
    with translation.override(translation.get_language()):
        yield
