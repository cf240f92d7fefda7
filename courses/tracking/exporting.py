"""A roster as a file: exactly the active members of one group, as Dutch Excel opens it."""

import csv
import re
from datetime import date
from tempfile import TemporaryFile

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from courses.models import Progress
from courses.models.roster import State

AT_ONCE = 2_000
"""Rows read together: what is kept in memory, whatever the size of the group."""

BYTE_ORDER_MARK = "\ufeff"
FORMULA = re.compile(r"[\t\r\n]|[\s\"'“”‘’]*[=+\-@＝＋－＠]")
"""How a cell begins that a spreadsheet might calculate."""

WIDTHS = [28, 32, 16, 12, 8, 12, 16, 16]


class Table:
    """What an export holds, line by line: text, numbers, days, or None. ``steps``: with a column for each step.

    Its words are translated when it is made, for its lines are read when the view is over.
    """

    def __init__(self, selection, standing, *, steps=False):
        self.standing, self.rows = standing, selection.rows(standing.group_theme)
        self.steps = [step for step in standing.outline if step.current] if steps else []
        self.states = {state: str(state.label) for state in State}
        self.header = [
            _("Name"),
            _("Email address"),
            _("State"),
            _("Completed"),
            _("Of"),
            _("Percentage"),
            _("Last active"),
            _("Completed on"),
            *[step.title for step in self.steps],
        ]

    def lines(self):
        for rows in in_chunks(self.rows.select_related("learner")):
            completed = self.completed_by(rows)
            for row in rows:
                yield [*self.facts(row), *[completed.get((row.learner_id, step.topic_id)) for step in self.steps]]

    def facts(self, row):
        standing = self.standing.of(row)
        return [
            row.learner.name,
            row.learner.email,
            self.states[row.state],
            standing.completed_count,
            standing.required_count,
            standing.percentage,
            row.active_on,
            row.finished_on,
        ]

    def completed_by(self, rows):
        """Return {(learner, topic): the day it was completed} for these rows, in one query if steps are asked."""
        if not self.steps:
            return {}
        made = Progress.objects.completed().filter(
            participation__theme=self.standing.theme,
            participation__superseded_at=None,
            participation__learner__in=[row.learner_id for row in rows],
        )
        found = made.values_list("participation__learner", "topic", "completed_at")
        return {(learner, topic): timezone.localdate(completed_at) for learner, topic, completed_at in found}


def in_chunks(rows):
    """Rows by name, so many at once, each chunk found by where the last one ended."""
    rows = rows.order_by("sorting_name", "pk")
    chunk = list(rows[:AT_ONCE])
    while chunk:
        yield chunk
        last = chunk[-1]
        later = Q(sorting_name__gt=last.sorting_name) | Q(pk__gt=last.pk)
        chunk = list(rows.filter(later, sorting_name__gte=last.sorting_name)[:AT_ONCE])


class Passed:
    """A file that hands back what is written to it."""

    def write(self, text):
        return text


def as_csv(table):
    """The lines of a CSV file as Dutch Excel expects it: a byte order mark, semicolons, CRLF."""
    write = csv.writer(Passed(), delimiter=";", lineterminator="\r\n").writerow
    yield BYTE_ORDER_MARK + write([harmless(cell) for cell in table.header])
    for line in table.lines():
        yield write([harmless(cell) for cell in line])


def harmless(cell):
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and FORMULA.match(cell):
        return "'" + cell
    return cell.isoformat() if isinstance(cell, date) else cell


def as_xlsx(table, name):
    """An open file with the workbook, written row by row; whoever takes it closes it."""
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Workbook(file, {"constant_memory": True, **as_text})
    sheet = workbook.add_worksheet(name[:31])
    bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "dd-mm-yyyy"})
    for column in range(len(table.header)):
        sheet.set_column(column, column, WIDTHS[column] if column < len(WIDTHS) else 16)
    sheet.freeze_panes(1, 1)
    for column, title in enumerate(table.header):
        sheet.write_string(0, column, title, bold)
    for number, line in enumerate(table.lines(), start=1):
        for column, cell in enumerate(line):
            write_cell(sheet, number, column, cell, day)
    workbook.close()
    file.seek(0)
    return file


def write_cell(sheet, row, column, cell, day):
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif cell is not None:
        sheet.write_number(row, column, cell)
