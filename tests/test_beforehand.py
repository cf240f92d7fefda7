"""A process that runs reads nothing of a release that comes after it."""

from django.template.loader import get_template
from django.template.loaders import app_directories, filesystem

from config.beforehand import read_beforehand, templates


def test_after_the_start_no_template_of_ours_is_read_from_the_disk(monkeypatch):
    def read(loader, origin):
        raise AssertionError(f"{origin.name} is read")

    read_beforehand()
    for folder in (filesystem, app_directories):
        monkeypatch.setattr(folder.Loader, "get_contents", read)

    assert all(get_template(name) for name in templates())
    assert {"base.html", "courses/learning/theme.html", "errors/error.html"} <= set(templates())
