"""Who asks while something is out of order, and what they must get to see."""

import contextlib
import time
import uuid

from faulting.people import GONE, Person

RECOVERY_SECONDS = 10
LONGEST_ANSWER = {"away": 10, "silent": 30}
"""Seconds until somebody knows: when the database refuses, and when it only says nothing."""

OUT_OF_REACH = {"nl": "We zijn even niet bereikbaar", "en": "We are briefly out of reach"}
NOT_SAVED = "Wat je net stuurde, is niet bewaard"
NO_ROOM = "We hebben geen ruimte om iets nieuws te bewaren"
NO_MAIL = "We kunnen nu geen mail versturen"


class Witness:
    """Asks as people do, and keeps how long the longest answer took and what was ``wrong``."""

    def __init__(self, site, scene):
        self.site, self.scene, self.wrong, self.name = site, scene, [], ""
        self.learner = Person(site.host, scene["learners"][0], number=1)
        self.trainer = Person(site.host, scene["trainer"], number=2)
        self.english = Person(site.host, "", number=3, language="en")
        self.topics, self.others = iter(scene["topics"]), iter(scene["learners"][1:])
        self.done, self.slowest = [], 0.0

    def expect(self, condition, words):
        if not condition:
            self.wrong.append(f"{self.name}: {words}")

    def sign_in(self):
        self.expect(self.learner.sign_in() and self.trainer.sign_in(), "nobody could sign in")
        self.expect(self.learner.get(self.scene["topics"][0]).status == 200, "no topic could be read")

    def timed(self, ask):
        began = time.monotonic()
        try:
            return ask()
        except GONE as error:
            self.expect(False, f"no answer but {type(error).__name__}")
        finally:
            self.slowest = max(self.slowest, time.monotonic() - began)

    def complete(self, address, deed, **headers):
        return self.timed(lambda: self.learner.post(f"{address}complete/", headers, deed=deed))

    def sees(self, answer, *words):
        """A 503 that says when to come back, in words of theirs."""
        if answer is None:
            return
        self.expect(answer.status == 503, f"{answer.status} instead of 503")
        self.expect(answer.headers["Retry-After"], "no Retry-After")
        for some in words:
            self.expect(some in answer.text, f"“{some}” is not on the page")

    def refused_deed(self, *words):
        """The button is pressed in vain, with and without htmx; return what was to be done."""
        deed = next(self.topics), str(uuid.uuid4())
        self.sees(self.complete(*deed), *words)
        self.sees(self.complete(*deed, **{"HX-Request": "true"}), *words)
        return deed

    def back(self, *deed):
        """Press the same button again until it is done; return the seconds."""
        began = time.monotonic()
        while True:
            with contextlib.suppress(*GONE):
                if self.learner.post(f"{deed[0]}complete/", deed=deed[1]).status == 303:
                    break
            if time.monotonic() - began > 60:
                self.expect(False, "not back after a minute")
                break
            time.sleep(0.1)
        took = time.monotonic() - began
        self.expect(took <= RECOVERY_SECONDS, f"back only after {took:.1f} s")
        self.done.append(deed)
        return took

    def stranger(self):
        """A learner who is not signed in, each time another."""
        email = next(self.others)
        return Person(self.site.host, email, number=100 + len(self.done) + int(email.split("@")[0].split("-")[1]))

    def recount(self):
        """In the end every deed is there once, and what is kept follows from what happened."""
        held = self.site.inside("tally")
        deeds = [deed for _email, _topic, deed in held["events"]]
        self.name = "afterwards"
        self.expect(sorted(deeds) == sorted(deed for _address, deed in self.done), "other deeds than were done")
        self.expect(not held["check"], held["check"])

    def scene_of(self, name):
        self.name, self.slowest = name, 0.0

    def figures(self, recovery, **more):
        return {"slowest_answer": round(self.slowest, 1), "recovery": round(recovery, 1), **more}
