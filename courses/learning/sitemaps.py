"""What search engines may know: open themes and their released topics."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap

from courses.models import Step, Theme


class OpenThemes(Sitemap):
    def items(self):
        return Theme.objects.open().order_by("slug")


class OpenTopics(Sitemap):
    def items(self):
        return (
            Step.objects.visible_to(AnonymousUser())
            .released()
            .select_related("theme")
            .order_by("theme__slug", "position")
        )

    def lastmod(self, step):
        return step.topic.published_at
