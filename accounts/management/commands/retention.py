from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.personal import retention


class Command(BaseCommand):
    help = "Let go of what was kept long enough, and tell how many accounts nobody used for two years."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only tell what would go")
        parser.add_argument("--inactive", action="store_true", help="also list the accounts that nobody used")

    def handle(self, *, dry_run, inactive, **options):
        for period in retention.periods():
            rows = retention.overdue(period)
            count = len(rows)
            if not dry_run:
                period.clear(rows)
            self.stdout.write(
                f"{'would go' if dry_run else 'gone'}: {count:,} × {period.name} ({period.kept.days} days)"
            )
        accounts = retention.inactive_accounts()
        self.stdout.write(
            f"{accounts.count():,} accounts were not used for {retention.INACTIVE_AFTER.days} days; they stay"
        )
        for user in accounts if inactive else ():
            last = user.last_login or user.joined_at
            self.stdout.write(f"  {user.email}, last on {timezone.localdate(last).isoformat()}")
