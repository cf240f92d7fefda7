import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from courses.models import Theme
from courses.population.making import Population, renew_statistics
from courses.population.tables import MODELS


class Command(BaseCommand):
    help = (
        "Fill a database with made-up learners, groups and progress, for trying and measuring; the same seed, the same."
    )

    def add_arguments(self, parser):
        parser.add_argument("--learners", type=int, required=True)
        parser.add_argument(
            "--groups", default="", metavar="SIZE:COUNT,…", help="e.g. 25:40,500:2; the others are in none"
        )
        parser.add_argument(
            "--themes", default="", metavar="SLUGS", help="with commas between; else all that are published"
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--add", action="store_true", help="to the learners that are there already")
        parser.add_argument("--yes", action="store_true", help="really, on a server that is no demo and not empty")

    def handle(self, *, learners, groups, themes, seed, add, yes, **options):
        refuse_by_accident(add, yes)
        began = time.monotonic()
        population = Population(
            learners=learners,
            groups=read_groups(groups, learners),
            themes=find_themes(themes),
            seed=seed,
            tell=self.tell,
        )
        self.stdout.write(f"Making {learners:,} learners, all or none …")
        try:
            written = population.make(empty=not any(model._default_manager.exists() for model in MODELS))
        except IntegrityError as error:
            raise CommandError(f"Nobody was made. If those of seed {seed} are here already: another --seed") from error
        renew_statistics()
        for model, words in MODELS.items():
            self.stdout.write(f"{written[model]:>12,} {words}")
        self.stdout.write(f"in {time.monotonic() - began:.0f} s; no mail was written, and nobody of them can sign in")

    def tell(self, how_far):
        self.stderr.write(how_far)


def refuse_by_accident(add, yes):
    """These people must not come among real ones by mistake."""
    people = get_user_model().objects
    if people.exists() and not (settings.DEBUG or yes):
        raise CommandError("There are people in this database. If they may be mixed with made-up ones: --yes")
    if people.filter(is_trainer=False).exists() and not add:
        raise CommandError("There are learners in this database already. To add made-up ones to them: --add")


def read_groups(text, learners):
    try:
        groups = [(int(size), int(count)) for size, count in (one.split(":") for one in text.split(",") if one)]
    except ValueError:
        raise CommandError("Groups are written as SIZE:COUNT, with commas between: 25:40,500:2") from None
    if any(size < 1 or count < 0 for size, count in groups) or sum(size * count for size, count in groups) > learners:
        raise CommandError(f"So many groups need more than {learners:,} learners.")
    return groups


def find_themes(text):
    published = Theme.objects.published().order_by("pk")
    wanted = [slug.strip() for slug in text.split(",") if slug.strip()]
    found = {theme.slug: theme for theme in published}
    if missing := [slug for slug in wanted if slug not in found]:
        raise CommandError(f"No published theme: {', '.join(missing)}")
    if not found:
        raise CommandError("There is no published theme to follow; import one first.")
    return [found[slug] for slug in wanted] if wanted else list(found.values())
