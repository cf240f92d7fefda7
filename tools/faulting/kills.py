"""kill -9 of everything, at moments that nobody chose, while eight people complete topics.

A completion counts as acknowledged when its answer was read. Whoever gets no answer presses the button again, which is
the same deed. In the end the database must hold each completion exactly once, as an event and as a state, and every
mail that followed must have arrived: twice at most for each worker killed (docs/decisions/0012-mail.md).
"""

import queue
import random
import threading
import time
import uuid
from collections import Counter

from faulting.engines import engine_in
from faulting.people import GONE, Person
from faulting.post import PostOffice
from faulting.site import Site, wait_for

WRITERS = 8
WORKERS = ("worker-1", "worker-2")
TARGETS = {
    "sqlite": ["web", "worker", "web and worker"],
    "postgresql": ["web", "PostgreSQL", "worker", "PostgreSQL, immediate", "web and PostgreSQL"],
}
RECOVERY_SECONDS = 10
PAUSE = 0.2
"""Seconds until somebody presses the button again."""


class Writers:
    """So many people at a time sign in and complete every topic.

    ``acknowledged``: {(email, topic's address): deed}, ``moments``: {deed: when its answer was read}.
    """

    def __init__(self, site, scene, *, people=WRITERS):
        self.site, self.scene = site, scene
        self.waiting = queue.SimpleQueue()
        for number, email in enumerate(scene["learners"]):
            self.waiting.put((number, email))
        self.acknowledged, self.moments, self.answers, self.sign_ins = {}, {}, Counter(), 0
        self.given_up = threading.Event()
        self.threads = [threading.Thread(target=self.write, daemon=True) for _writer in range(people)]

    def start(self):
        for thread in self.threads:
            thread.start()

    @property
    def busy(self):
        return any(thread.is_alive() for thread in self.threads)

    def write(self):
        while not self.given_up.is_set():
            try:
                number, email = self.waiting.get_nowait()
            except queue.Empty:
                return
            person = Person(self.site.host, email, number=number)
            self.insist(self.sign_in, person)
            self.insist(self.read, person)
            for address in self.scene["topics"]:
                self.insist(self.complete, person, address, str(uuid.uuid4()))

    def sign_in(self, person):
        done = person.sign_in()
        self.sign_ins += done
        return done

    def read(self, person):
        return person.get(self.scene["topics"][0]).status == 200

    def complete(self, person, address, deed):
        answer = person.post(f"{address}complete/", deed=deed)
        self.answers[answer.status] += 1
        if answer.status == 303:
            self.moments[uuid.UUID(deed).hex] = time.time()
            self.acknowledged[person.email, address] = deed
        return answer.status == 303

    def insist(self, deed, *arguments):
        while not self.given_up.is_set():
            try:
                if deed(*arguments):
                    return
            except GONE as error:
                self.answers[type(error).__name__] += 1
            time.sleep(PAUSE)


def run(engine, folder, *, learners, topics, kills, seed, seconds=3600):
    """Return (figures, what was wrong)."""
    chance = random.Random(seed)  # noqa: S311  nothing secret; the same moments again by the same number
    with engine_in(folder, engine) as database, PostOffice() as office:
        mail = f"smtp://127.0.0.1:{office.port}"
        with Site(folder, database_url=database.url, threads=database.threads, EMAIL_URL=mail) as site:
            scene = site.inside("prepare", learners, topics)
            for name in ("web", *WORKERS):
                site.start(name)
            site.wait()
            writers = Writers(site, scene)
            began = time.monotonic()
            writers.start()
            killed = kill_all(site, database, writers, TARGETS[engine], kills, chance, learners * topics)
            wait_for(lambda: not writers.busy, seconds=seconds, what="the writers")
            took = time.monotonic() - began
            site.inside("let_go")
            for name in WORKERS:
                site.kill(name)
                site.start(name)
            wait_for(lambda: len(office.counts) >= learners, seconds=120, what="the mails")
            for name in WORKERS:
                site.stop(name)
            held = site.inside("tally")
    figures = {
        "acknowledged": len(writers.acknowledged),
        "sign-ins": writers.sign_ins,
        "kills": dict(Counter(target for target, _seconds in killed)),
        "recovery_seconds": [round(seconds, 1) for _target, seconds in killed],
        "answers": {str(name): count for name, count in writers.answers.items()},
        "mails": len(office.counts),
        "mails_twice": sum(count - 1 for count in office.counts.values()),
        "minutes": round(took / 60, 1),
    }
    return figures, wrong_in(figures, writers, held, office, killed, learners * topics)


def kill_all(site, database, writers, targets, kills, chance, completions):
    """Return [(target, seconds until somebody's completion was acknowledged again)]."""
    moments = sorted(chance.sample(range(completions // 20, completions * 9 // 10), kills))
    killed = []
    for number, moment in enumerate(moments):
        wait_for(
            lambda moment=moment: len(writers.acknowledged) >= moment or not writers.busy, seconds=1200, what="writers"
        )
        time.sleep(chance.random() / 2)
        target = targets[number % len(targets)]
        kill(site, database, target, chance)
        killed.append((target, recovery(writers)))
    return killed


def kill(site, database, target, chance):
    """Kill and start again at once, as systemd does."""
    worker = chance.choice(WORKERS)
    dead = {"web": ["web"], "worker": [worker], "web and worker": ["web", *WORKERS], "web and PostgreSQL": ["web"]}
    for name in dead.get(target, []):
        site.kill(name)
    if "immediate" in target:
        database.crash()
    elif "PostgreSQL" in target:
        database.kill()
    if "PostgreSQL" in target:
        database.start()
    for name in dead.get(target, []):
        site.start(name)


def recovery(writers):
    before = len(writers.acknowledged)
    return wait_for(
        lambda: len(writers.acknowledged) > before or not writers.busy, seconds=120, what="being back after a kill"
    )


def wrong_in(figures, writers, held, office, killed, completions):
    """What is not as it must be, in sentences."""
    acknowledged = {(email, address.split("/")[-2], deed) for (email, address), deed in writers.acknowledged.items()}
    events = [tuple(event) for event in held["events"]]
    states = [tuple(state) for state in held["states"]]
    told = [
        (len(acknowledged) != completions, f"{len(acknowledged)} acknowledged of {completions}"),
        (acknowledged - set(events), f"{len(acknowledged - set(events))} acknowledged completions are lost"),
        ({one[:2] for one in acknowledged} - set(states), "states are lost"),
        (len(events) != len({event[:2] for event in events}), "completions are there twice"),
        (len(states) != len(set(states)), "states are there twice"),
        (held["told"] != len(held["finished"]), "a theme was completed other than once"),
        (held["check"], held["check"]),
        ({mail for mail, _sent in held["mails"]} - {one[1:].split("@")[0] for one in office.ids}, "mails are lost"),
        (not all(sent for _mail, sent in held["mails"]), "mails are waiting"),
        (len(held["mails"]) != len(held["finished"]), "a completed theme has no mail, or two"),
        (figures["mails_twice"] > workers_killed(killed), f"{figures['mails_twice']} mails went twice"),
        (max(figures["recovery_seconds"]) > RECOVERY_SECONDS, f"back after {max(figures['recovery_seconds'])} s"),
        (set(writers.answers) & {400, 403, 404, 409, 429, 500}, f"answers: {dict(writers.answers)}"),
    ]
    return [words for is_wrong, words in told if is_wrong]


def workers_killed(killed):
    """Those that were killed at a moment that was chosen for them, and both in the end."""
    counts = Counter(target for target, _seconds in killed)
    return counts["worker"] + len(WORKERS) * counts["web and worker"] + len(WORKERS)
