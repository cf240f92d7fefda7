from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self):
        from courses.learning import pending
        from courses.mailing import tasks
        from courses.models import guards, people

        post_migrate.connect(guards.install, sender=self)
        pending.connect()
        tasks.connect()
        people.connect()
