from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self):
        from courses.learning import pending
        from courses.models import guards

        post_migrate.connect(guards.install, sender=self)
        pending.connect()
