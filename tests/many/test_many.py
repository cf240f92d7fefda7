"""A site on several machines: what one does, the others know; one may be renewed, or die, while people go on."""

import io
import os
import re
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
from benching.slow import SlowClients, probed
from benching.visitors import Scene
from PIL import Image

from tests.many.visitors import Load, Visitor

pytestmark = pytest.mark.many

SECONDS = int(os.environ.get("MANY_SECONDS", "2"))
"""How long people go on before and after each machine is touched; ``make test-many`` takes its time."""


def picture():
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "PNG")
    return content.getvalue()


def wait_until(true, seconds=30):
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert true()


def deeds_in(site):
    """{deed: how often it was recorded}"""
    with psycopg.connect(site.database_url) as connection:
        rows = connection.execute("SELECT deed, count(*) FROM courses_progressevent GROUP BY deed").fetchall()
    return {str(deed): count for deed, count in rows}


def told(capsys, *words):
    """The figures, for who reads along."""
    with capsys.disabled():
        print("\n ", *words)


@pytest.fixture
def learners(site):
    """So many for a test that it may do as it likes with; each test has its own."""
    free = site.facts.setdefault("free", list(range(len(site.facts["sessions"]))))

    def take(count):
        return [free.pop() for _number in range(count)]

    return take


@pytest.fixture
def trainer(site):
    return Visitor(site, **{site.facts["session_cookie"]: site.facts["tom"]})


def test_somebody_signs_in_by_code_reads_and_completes_wherever_they_are_answered(site):
    lea = Visitor(site)
    theme, topic = site.facts["theme"], site.facts["topic"]

    asked = lea.post("/account/login/code/", page="/account/login/", email="lea@example.org")
    wait_until(lambda: site.post.to("lea@example.org"))
    [mail] = site.post.to("lea@example.org")
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", mail.get_body("plain").get_content())[0]
    entered = lea.post("/account/login/code/confirm/", code=code)
    lea.post(f"{topic}complete/", page=topic, deed=uuid.uuid4())
    pages = [lea.get(theme) for _time in range(6)]
    machines = Counter(page.headers["X-Machine"] for page in [asked, entered, *pages])

    assert (asked.status, entered.status) == (302, 302)
    assert {"1 van de 4 stappen afgerond" in page.text for page in pages} == {True}
    assert set(machines) == {machine.place for machine in site.webs}


def test_a_picture_brought_to_one_machine_is_seen_from_the_other(site, trainer):
    first, second = site.webs
    theme, topic = site.facts["theme"], site.facts["topic"]
    page = f"/author{theme}topics/{topic.removeprefix(theme)}"

    trainer.machine = first.place
    stored = trainer.upload(f"{page}pictures/", page=page, name="boom.png", content=picture())
    trainer.machine = second.place
    shown = trainer.get(re.search(r'"address": "([^"]+)"', stored.text)[1])

    assert stored.status == 201
    assert shown.status == 200
    assert Image.open(io.BytesIO(shown.content)).size == (40, 30)


def test_a_picture_is_not_shown_to_who_may_not_see_its_page(site, trainer):
    made = trainer.post("/author/create/", page="/author/", title="Nog geheim", language="nl")
    introduction = f"{made.headers['Location']}introduction/"
    stored = trainer.upload(f"{introduction}pictures/", page=introduction, name="boom.png", content=picture())
    address = re.search(r'"address": "([^"]+)"', stored.text)[1]

    assert trainer.get(address).status == 200
    assert Visitor(site).get(address).status == 404


def test_attempts_are_counted_over_all_machines(site):
    answers = []

    for machine in [*site.webs, *site.webs]:
        stranger = Visitor(site)
        stranger.machine = machine.place
        asked = stranger.post("/account/login/code/", page="/account/login/", email="nobody@example.org")
        answers.append(asked.status)

    assert [status == 302 for status in answers] == [True, True, True, False]


def test_a_file_of_the_new_release_is_found_while_a_machine_still_has_the_old(site):
    name = "css/new.0123456789ab.css"
    (site.webs[1].folder / "data" / "static" / name).write_text("a {}\n")
    restart(site, site.webs[1])

    answers = [Visitor(site).get(f"/static/{name}").status for _time in range(6)]

    assert answers == [200] * 6


def test_machines_are_renewed_one_by_one_and_nobody_notices(site, learners, capsys):
    with Load(site.scene(), learners(8)) as load:
        load.go_on(SECONDS)
        for machine in site.webs:
            restart(site, machine)
            load.go_on(SECONDS)
    recorded = deeds_in(site)

    told(capsys, f"both renewed: {len(load.answers)} requests, {len(load.wrong)} failed")
    assert load.wrong == []
    assert {recorded.get(deed) for deed in load.acknowledged} == {1}


def test_a_machine_dies_and_what_was_acknowledged_is_there(site, learners, capsys):
    first = site.webs[0]
    with Load(site.scene(), learners(8)) as load:
        load.go_on(SECONDS)
        first.kill()
        load.go_on(SECONDS)
        before = len(load.answers)
        load.go_on(SECONDS)
        site.start_web(first)
        first.wait_until_it_answers("/readyz", host=site.host)
        load.go_on(SECONDS)
    recorded = deeds_in(site)

    told(capsys, f"one killed: {len(load.answers)} requests, {len(load.wrong)} failed: {load.wrong}")
    assert {recorded.get(deed) for deed in load.acknowledged} == {1}
    assert len(load.wrong) <= len(load.threads)
    assert [wrong for _kind, wrong in load.answers[before:] if wrong] == []


def test_a_worker_dies_and_the_mails_still_go(site, learners, capsys):
    people = learners(6)
    addresses = [f"learner-{learner}@stapwijs.example" for learner in people]

    site.workers[0].kill()
    finish(site, people)
    wait_until(lambda: all(map(site.post.to, addresses)))
    site.workers[0].start()

    assert [len(site.post.to(address)) for address in addresses] == [1] * len(people)


def test_who_would_wait_too_long_hears_so_at_once_and_all_others_are_answered(site):
    theme, room = site.facts["theme"], 2 * 64
    wait_until(lambda: who_answer(site) == {machine.place for machine in site.webs})
    with ThreadPoolExecutor(room + 40) as crowd:
        with psycopg.connect(site.database_url) as database:
            database.execute("LOCK TABLE courses_theme")
            asked = [crowd.submit(Visitor(site).get, theme) for _number in range(room + 40)]
            wait_until(lambda: sum(answer.done() for answer in asked) >= 40, seconds=8)
            refused = [answer.result() for answer in asked if answer.done()]
        answers = [answer.result() for answer in asked]
    afterwards = Visitor(site).get(theme)

    assert Counter(answer.status for answer in answers) == {200: room, 503: 40}
    assert {(answer.status, answer.headers["Retry-After"]) for answer in refused} == {(503, "10")}
    assert "We zijn even niet bereikbaar" in refused[0].text
    assert afterwards.status == 200


def test_hundreds_who_send_slowly_are_in_nobodys_way(site):
    paths = ["/healthz", "/account/login/", site.facts["theme"]]

    with SlowClients(site.host, 150, site.facts["csrf_cookie"]) as slow:
        answers = probed(site.host, paths, seconds=2)
        connected = slow.connected

    assert connected == 300
    assert {path for path, _ms, _status in answers} == set(paths)
    assert {status for _path, _ms, status in answers} == {200}


def test_a_web_machine_keeps_nothing_of_its_own(site):
    kept = [sorted(path.name for path in (machine.folder / "data").iterdir()) for machine in site.webs]

    assert kept == [["static"], ["static"]]


def who_answer(site):
    """nginx leaves a machine alone for five seconds after it failed, which a test before this one may have seen to."""
    return {Visitor(site).get(site.facts["theme"]).headers["X-Machine"] for _time in range(4)}


def restart(site, machine):
    """As ``docs/deploy.md`` says."""
    site.move("out", machine)
    machine.stop()
    machine.start()
    site.move("in", machine)


def finish(site, people):
    """They complete what they had not yet: the third topic, and the fourth, which leads back to the theme."""
    theme, third = site.facts["theme"], site.facts["topic"]
    fourth = re.findall(rf'href="({theme}[^/"]+/)"', Visitor(site).get(theme).text)[-1]
    for topic, there in ((third, f"{third}#completion"), (fourth, theme)):
        load = Load(Scene(site.address, {**site.facts, "topic": topic}), people)
        for learner in people:
            load.ask("completing", replace(load.scene.completing(learner), location=there))
        assert load.wrong == []
