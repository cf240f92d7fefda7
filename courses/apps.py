from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self):
        from config import measures
        from courses.keeping import checks
        from courses.learning import pending, seen
        from courses.mailing import tasks
        from courses.models import guards, people, personal, retention

        post_migrate.connect(guards.install, sender=self)
        checks.enter()
        measures.connect()
        pending.connect()
        tasks.connect()
        people.connect()
        personal.enter()
        retention.enter()
        seen.enter()
