"""What a site stands on goes away or comes to a halt: what people see, what holds, how long until it is back.

Each scene is a function that makes the fault, lets people ask meanwhile, takes the fault away, and returns its figures;
what is not as it must be it reports to ``Witness.expect``.
"""

import time
import uuid

from faulting.site import wait_for
from faulting.witness import LONGEST_ANSWER, NO_MAIL, NOT_SAVED, OUT_OF_REACH, RECOVERY_SECONDS

# The database


def database_away(witness, database, *, seconds):
    witness.scene_of("database away")
    database.crash()
    return out(witness, seconds, LONGEST_ANSWER["away"], database.start)


def database_halted(witness, database, *, seconds):
    """All its processes stand still: connections stay open, nothing answers."""
    witness.scene_of("database halted")
    database.freeze()
    return out(witness, seconds, LONGEST_ANSWER["silent"], database.thaw)


def cable_pulled(witness, database, *, seconds):
    """Half open: what is sent arrives nowhere, and nobody says so."""
    witness.scene_of("cable pulled")
    database.cable.pulled = True

    def plug_in():
        database.cable.pulled = False

    return out(witness, seconds, LONGEST_ANSWER["silent"], plug_in)


def out(witness, seconds, longest, mend):
    until = time.monotonic() + seconds
    try:
        page = witness.timed(lambda: witness.learner.get(witness.scene["theme"]))
        witness.sees(page, OUT_OF_REACH["nl"])
        deed = witness.refused_deed(NOT_SAVED)
        witness.sees(witness.timed(lambda: witness.english.get(witness.scene["theme"])), OUT_OF_REACH["en"])
        time.sleep(max(0, until - time.monotonic()))
    finally:
        mend()  # a database that stands still cannot be ended
    lasted = seconds + max(0, time.monotonic() - until)
    recovery = witness.back(*deed)
    witness.expect(witness.slowest <= longest, f"an answer took {witness.slowest:.1f} s")
    return witness.figures(recovery, seconds=round(lasted))


def database_slow(witness, database, *, lag=0.05):
    """Every piece on the cable comes late; everything still works."""
    witness.scene_of("database slow")
    database.cable.lag = lag
    page = witness.timed(lambda: witness.learner.get(witness.scene["theme"]))
    witness.expect(page and page.status == 200, "the page did not come")
    deed = next(witness.topics), str(uuid.uuid4())
    done = witness.complete(*deed)
    witness.expect(done and done.status == 303, "completing did not work")
    database.cable.lag = 0.0
    witness.done.append(deed)
    return {"slowest_answer": round(witness.slowest, 1), "lag": lag}


def database_locked(witness, database, *, seconds=23):
    """SQLite: another program keeps the lock for longer than we wait. Reading goes on."""
    import sqlite3

    witness.scene_of("database locked")
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    deed = next(witness.topics), str(uuid.uuid4())
    page = witness.timed(lambda: witness.learner.get(witness.scene["theme"]))
    witness.expect(page and page.status == 200, "reading did not go on")
    witness.sees(witness.complete(*deed), NOT_SAVED)
    other.execute("ROLLBACK")
    other.close()
    return witness.figures(witness.back(*deed))


# Cache and mail


def cache_out(witness, name):
    """Only doors with a limit need it."""
    witness.scene_of(name)
    page = witness.timed(lambda: witness.learner.get(witness.scene["theme"]))
    witness.expect(page and page.status == 200, "reading needs no cache")
    deed = next(witness.topics), str(uuid.uuid4())
    done = witness.complete(*deed)
    witness.expect(done and done.status == 303, "completing needs no cache")
    witness.done.append(deed)
    stranger = witness.stranger()
    stranger.get("/account/login/")
    form = {"login": stranger.email, "password": "een verkeerd wachtwoord"}
    witness.sees(witness.timed(lambda: stranger.post("/account/login/", **form)), OUT_OF_REACH["nl"])
    witness.expect(witness.slowest <= LONGEST_ANSWER["away"], f"an answer took {witness.slowest:.1f} s")
    return {"slowest_answer": round(witness.slowest, 1)}


def mail_away(witness, office):
    witness.scene_of("mail away")
    office.shut()
    return no_code(witness, mend=office.open)


def mail_slow(witness, office):
    witness.scene_of("mail slow")
    office.silence = 20

    def hurry():
        office.silence = 0

    return no_code(witness, mend=hurry)


def mail_silent(witness, cable):
    """Half open: the mail server takes what is sent, and never answers."""
    witness.scene_of("mail silent")
    cable.pulled = True

    def plug_in():
        cable.pulled = False

    return no_code(witness, mend=plug_in)


def no_code(witness, *, mend):
    """Who asks for a code is told that none was sent, and asks again; nobody else notices."""
    stranger = witness.stranger()
    stranger.get("/account/login/code/")

    def ask():
        return stranger.post("/account/login/code/", email=stranger.email)

    witness.sees(witness.timed(ask), NO_MAIL)
    witness.expect(witness.slowest <= LONGEST_ANSWER["away"], f"an answer took {witness.slowest:.1f} s")
    mend()
    began = time.monotonic()
    stranger.get("/account/login/code/")
    answer = ask()
    witness.expect(answer.status in (302, 303), f"{answer.status}: no code after it was back")
    return witness.figures(time.monotonic() - began)


def mails_after(witness, office, *, mails=3):
    """Seconds until what is written after an outage is in the post: the worker found out by itself."""
    witness.name = "mails after an outage"
    before = len(office.counts)
    witness.site.inside("write", mails)
    took = wait_for(lambda: len(office.counts) >= before + mails, seconds=60, what="mails after an outage")
    witness.expect(took <= RECOVERY_SECONDS, f"only after {took:.1f} s")
    return round(took, 1)
