"""Days and weeks as the clock on the wall counts them, also when summer time begins or ends."""

from datetime import datetime, time, timedelta

from django.utils import timezone

WEEK = timedelta(weeks=1)


def at_hour(day, hour):
    """The moment at which it is ``hour`` o'clock on that day, here."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def monday_of(moment):
    day = timezone.localdate(moment)
    return day - timedelta(days=day.weekday())


def next_monday(moment, hour):
    """The first Monday at that hour that is not before ``moment``."""
    this_week = at_hour(monday_of(moment), hour)
    return this_week if this_week >= moment else at_hour(monday_of(moment) + WEEK, hour)
