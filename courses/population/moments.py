"""When people learn: whole seconds since 1970, which are cheaper than dates, and how they are written."""

from datetime import UTC, date, datetime

from django.utils import timezone

DAY, QUARTER = 86_400, 900
YEAR = 365 * DAY
WEEKDAYS = (1.0, 1.0, 0.9, 0.95, 0.6, 0.15, 0.25)
"""How gladly people learn on a Monday, a Tuesday …"""
HOURS = (6, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10, 11, 12, 12, 13, 13, 14, 14, 15, 15, 16, 18, 19, 19, 20, 20, 21)
"""UTC; as often as they learn then."""
CLOCK = [f" {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}" for second in range(DAY)]


def moment_after(dice, moment, days):
    """A moment about so many days later, more likely on a working day."""
    if days == 0:
        return moment + dice.randrange(60, 5_400)
    day = moment // DAY + days
    while dice.random() > WEEKDAYS[(day + 3) % 7]:
        day += 1
    return day * DAY + dice.choice(HOURS) * 3_600 + dice.randrange(3_600)


class Writing:
    """Moments as both databases read them; days are those of the people, as the roster tells them."""

    def __init__(self):
        self.days, self.local_days = {}, {}

    def moment(self, moment):
        if moment is None:
            return None
        day = moment // DAY
        if day not in self.days:
            self.days[day] = str(date.fromordinal(day + date(1970, 1, 1).toordinal()))
        return self.days[day] + CLOCK[moment % DAY]

    def local_day(self, moment):
        if moment is None:
            return None
        quarter = moment // QUARTER
        if quarter not in self.local_days:
            self.local_days[quarter] = str(timezone.localdate(datetime.fromtimestamp(moment, UTC)))
        return self.local_days[quarter]
