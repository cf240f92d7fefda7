"""Every harness by its name, in two sizes."""

import contextlib
import shutil
from functools import partial

from benching.server import free_port

from faulting import disks, kills, outages, powercuts
from faulting.engines import NAMES, engine_in
from faulting.post import PostOffice
from faulting.proxy import Cable
from faulting.rooms import ClosedFolder, Limits, SmallDisk, may_mount
from faulting.site import Site
from faulting.witness import Witness

SIZES = {
    "full": {
        "sqlite": {"learners": 126, "topics": 40, "kills": 24},
        "postgresql": {"learners": 126, "topics": 40, "kills": 25},
        "cuts": {"learners": 12, "topics": 20, "cuts": 1600},
        "control": {"learners": 6, "topics": 20, "cuts": 400},
        "seconds": 60,
    },
    "short": {
        "sqlite": {"learners": 10, "topics": 24, "kills": 2},
        "postgresql": {"learners": 10, "topics": 24, "kills": 3},
        "cuts": {"learners": 2, "topics": 15, "cuts": 40},
        "control": {"learners": 2, "topics": 10, "cuts": 40},
        "seconds": 10,
    },
}
"""5,040 completions per engine, and 60 seconds of outage, in the full size."""


class CannotBeTriedError(Exception):
    """This machine lacks what the harness needs; its text says what."""


def of_size(size, only=""):
    """{name: function of a folder and a seed, that returns (figures, what was wrong)}."""
    sizes = SIZES[size]
    found = {f"kill -9 on {NAMES[engine]}": partial(killing, engine, sizes[engine]) for engine in NAMES}
    found["power cuts"] = partial(cutting, sizes["cuts"], False)
    found["power cuts without synchronous=FULL"] = partial(cutting, sizes["control"], True)
    found["PostgreSQL out of reach"] = partial(out_of_reach, sizes["seconds"])
    found["full and closed disks"] = partial(full_and_closed, size == "full")
    found["cache and mail out of reach"] = cache_and_mail
    return {name: harness for name, harness in found.items() if only.lower() in name.lower()}


def killing(engine, sizes, folder, seed):
    return kills.run(engine, folder, seed=seed, **sizes)


def cutting(sizes, forgetful, folder, seed):
    if not shutil.which("strace"):
        raise CannotBeTriedError("strace is missing. On Debian: sudo apt install strace")
    return powercuts.run(folder, seed=seed, forgetful=forgetful, **sizes)


def out_of_reach(seconds, folder, seed):
    with engine_in(folder, "postgresql") as database, PostOffice() as office:
        mail = f"smtp://127.0.0.1:{office.port}"
        with Site(folder / "site", database_url=database.url, threads=database.threads, EMAIL_URL=mail) as site:
            witness = witness_of(site, learners=2)
            site.start("worker-1")
            scenes = (outages.database_away, outages.database_halted, outages.cable_pulled)
            figures = {scene.__name__: scene(witness, database, seconds=seconds) for scene in scenes}
            figures["database_slow"] = outages.database_slow(witness, database)
            figures["mails_after"] = outages.mails_after(witness, office)
            witness.recount()
    return figures, witness.wrong


def full_and_closed(also_locked, folder, seed):
    """On a disk in memory where one can be mounted, else by a limit on the size of files."""
    with contextlib.ExitStack() as things:
        small = things.enter_context(SmallDisk(folder / "small")) if may_mount(folder / "try") else None
        home = (small.folder if small else folder) / "site"
        home.mkdir()
        database = things.enter_context(engine_in(home, "sqlite"))
        site = Site(home, database_url=database.url, threads=database.threads, TMPDIR=str(home))
        witness = witness_of(things.enter_context(site), learners=4)
        figures = {"disk_full": disks.disk_full(witness, small or Limits(site))}
        figures["pictures_read_only"] = disks.pictures_read_only(witness, ClosedFolder(home / "media"))
        if also_locked:
            figures["database_locked"] = outages.database_locked(witness, database)
        witness.recount()
    return figures, witness.wrong


def cache_and_mail(folder, seed):
    """Redis is only an address here, at which nobody answers, or somebody who says nothing."""
    with contextlib.ExitStack() as things:
        database = things.enter_context(engine_in(folder, "sqlite"))
        office = things.enter_context(PostOffice())
        post = things.enter_context(Cable(("127.0.0.1", office.port)))
        redis = things.enter_context(Cable(("127.0.0.1", free_port())))
        mail = f"smtp://127.0.0.1:{post.port}"
        site = Site(folder, database_url=database.url, threads=database.threads, EMAIL_URL=mail)
        witness = witness_of(things.enter_context(site), learners=6)
        figures = {
            "mail_away": outages.mail_away(witness, office),
            "mail_slow": outages.mail_slow(witness, office),
            "mail_silent": outages.mail_silent(witness, post),
        }
        site.kill("web")
        site.environment["CACHE_URL"] = f"rediscache://127.0.0.1:{redis.port}/0"
        site.start("web")
        site.wait()
        figures["cache_away"] = outages.cache_out(witness, "cache away")
        redis.pulled = True
        figures["cache_silent"] = outages.cache_out(witness, "cache silent")
        witness.recount()
    return figures, witness.wrong


def witness_of(site, *, learners):
    """Somebody who signed in on a new site."""
    scene = site.inside("prepare", learners, 20)
    site.start("web")
    site.wait()
    witness = Witness(site, scene)
    witness.sign_in()
    return witness
