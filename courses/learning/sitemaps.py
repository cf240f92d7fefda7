"""What search engines may know: open themes, and their topics that anyone can read."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap

from courses.models import Step, Theme


class OpenThemes(Sitemap):
    def items(self):
        return Theme.objects.open().order_by("slug")


class OpenTopics(Sitemap):
    def items(self):
        steps = Step.objects.visible_to(AnonymousUser()).released().filter(theme__in_order=False)
        return steps.select_related("theme", "topic__published_edition").order_by("theme__slug", "position")

    def lastmod(self, step):
        return step.topic.published_edition.published_at
