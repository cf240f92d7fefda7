"""Files that Dutch Excel opens, with exactly the members of this group, and nothing that calculates."""

import csv
import io
import warnings

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from courses.models import Look
from courses.tracking.exporting import AT_ONCE, harmless
from tests.conftest import begin, make_step, make_user
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of
from tests.tracking.crowds import crowd

pytestmark = pytest.mark.usefixtures("in_english")

HARMFUL = [
    "=1+1",
    "+31612345678",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    '"=1+1',
    "' =1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
]
HARMLESS = ["Lea", "O'Brien", "Anne-Marie", "1+1", "lea@example.org", "a=b", "", "’s Gravenhage"]


@pytest.fixture
def address(group, theme):
    return f"/track/groups/{group.public_id}/themes/{theme.slug}/export/"


def read_csv(response):
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    assert text.count("\n") == text.count("\r\n")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


def read_xlsx(response):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()], sheet


def today():
    return timezone.localdate()


def test_a_csv_has_everybody_with_how_far_they_are(trainer, address):
    response = trainer.get(address)

    header, *rows = read_csv(response)
    assert header == "Name,Email address,State,Completed,Of,Percentage,Last active,Completed on".split(",")
    day = today().isoformat()
    assert rows == [
        ["Lars", "lars@example.org", "In progress", "2", "4", "50", day, ""],
        ["Lea", "lea@example.org", "Completed", "4", "4", "100", day, day],
        ["Noor", "noor@example.org", "Not started", "0", "4", "0", "", ""],
    ]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="teamleiders-vertrouwen-{day}.csv"'
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_workbook_has_the_same_as_numbers_and_days(trainer, address):
    response = trainer.get(address, {"format": "xlsx"})

    rows, sheet = read_xlsx(response)
    assert rows[1][:6] == ["Lars", "lars@example.org", "In progress", 2, 4, 50]
    assert rows[2][7].date() == today()
    assert sheet["G2"].number_format == "dd-mm-yyyy"
    assert len(rows) == 4
    assert f'filename="teamleiders-vertrouwen-{today().isoformat()}.xlsx"' in response.headers["Content-Disposition"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_each_step_has_a_column_with_the_day(trainer, theme, address, form):
    make_step(theme, "Extra", required=False)

    response = trainer.get(address, {"format": form, "what": "steps"})

    header, lars, *_others = read_csv(response) if form == "csv" else read_xlsx(response)[0]
    assert header[8:] == ["Luisteren", "Vragen", "Loslaten", "Oefenen", "Extra"]
    filled = [bool(cell) for cell in lars[8:]]
    assert filled == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"state": "finished"}, ["Lea"]),
        ({"q": "noor"}, ["Noor"]),
        ({"q": "tess", "state": "finished"}, []),
        ({"state": "x", "what": "x", "format": "x", "page": "7"}, ["Lars", "Lea", "Noor"]),
    ],
)
def test_what_was_selected_is_exported(trainer, address, asked, names):
    assert [row[0] for row in read_csv(trainer.get(address, asked))[1:]] == names


@pytest.mark.parametrize("cell", HARMFUL)
def test_what_a_spreadsheet_might_calculate_is_text(cell):
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", HARMLESS)
def test_what_is_no_formula_stays_as_it_is(cell):
    assert harmless(cell) == cell


def test_numbers_and_nothing_stay_as_they_are():
    assert [harmless(cell) for cell in (4, None)] == [4, None]


def test_a_hostile_name_and_title_calculate_nothing(trainer, group, theme, lars, address):
    lars.name = '=HYPERLINK("https://example.org";"klik")'
    lars.save()
    make_step(theme, "=1+1")

    header, *rows = read_csv(trainer.get(address, {"what": "steps"}))
    cells, sheet = read_xlsx(trainer.get(address, {"what": "steps", "format": "xlsx"}))

    assert header[-1] == "'=1+1"
    assert rows[0][0] == "'" + lars.name
    assert cells[1][0] == lars.name
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["roster", "steps"])
def test_only_the_active_learners_of_this_group_are_in_it(
    trainer, group, theme, tom, lea, charlie, address, form, what
):
    tess = make_user("Tess")
    make_group(lea, tess, themes=[theme], trainers=[charlie])
    complete(begin(tess, theme), *steps_of(theme))
    for name, deed in (("Sus", "suspend"), ("Sam", "leave")):
        membership, _new = group.memberships.join(group, make_user(name))
        getattr(membership, deed)()
    group.memberships.join(group, tom)

    response = trainer.get(address, {"format": form, "what": what})

    rows = read_csv(response) if form == "csv" else read_xlsx(response)[0]
    assert [row[0] for row in rows[1:]] == ["Lars", "Lea", "Noor"]


def test_what_was_done_in_an_earlier_attempt_or_another_theme_is_no_date(trainer, lea, theme, address):
    begin(lea, theme).restart()

    rows = read_csv(trainer.get(address, {"what": "steps", "q": "lea"}))

    assert rows[1][8:] == ["", "", "", ""]
    assert rows[1][3] == "0"


def test_a_large_group_is_read_in_parts_and_everybody_once(
    trainer, group, address, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr("courses.tracking.exporting.AT_ONCE", 50)
    crowd(group, 240)
    response = trainer.get(address, {"what": "steps"})

    with django_assert_max_num_queries(11) as captured:
        rows = read_csv(response)

    names = [row[1] for row in rows[1:]]
    assert len(names) == len(set(names)) == 243
    assert len(captured) == 11
    assert AT_ONCE == 2_000


def test_people_with_the_same_name_are_all_there(trainer, group, address, monkeypatch):
    monkeypatch.setattr("courses.tracking.exporting.AT_ONCE", 2)
    crowd(group, 9)
    group.group_themes.get().roster.update(sorting_name="zelfde")

    assert len(read_csv(trainer.get(address))) == 13


def test_exporting_is_written_down(trainer, tom, address):
    read_csv(trainer.get(address))

    look = Look.objects.get()

    assert (look.viewer, look.kind, look.learner) == (tom, Look.Kind.EXPORT, None)


def test_a_client_exports_nothing(client_browser, address):
    assert client_browser.get(address).status_code == 403


def test_a_group_with_an_odd_name_gives_a_file_with_a_plain_one(trainer, group, address):
    group.name = '"; rm -rf / \r\n ✂'
    group.save()

    response = trainer.get(address)

    assert response.headers["Content-Disposition"].startswith('attachment; filename="rm-rf-vertrouwen-')


def test_words_of_the_file_are_in_the_language_of_the_trainer(trainer, tom, group, lea, address):
    tom.language = "nl"
    tom.save()

    rows = read_csv(trainer.get(address, {"state": "finished"}))

    assert rows[1][2] == "Afgerond"
    assert membership_of(lea, group).active
