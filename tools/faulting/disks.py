"""A disk that is full, and pictures that can only be read; scenes like those of ``outages``."""

import contextlib
import json
import struct
import time
import uuid
import zlib

from faulting.witness import NO_ROOM, NOT_SAVED


def disk_full(witness, room):
    """Everything the site writes is on one full disk: database, pictures, what is being sent, mail as files."""
    witness.scene_of("disk full")
    witness.trainer.get(witness.scene["editor"])
    room.fill()
    page = witness.timed(lambda: witness.learner.get(witness.scene["theme"]))
    witness.expect(page and page.status == 200, "reading did not go on")
    deed = witness.refused_deed(NO_ROOM, NOT_SAVED)
    refused_picture(witness, pixel(1))
    refused_picture(witness, pixel(1) + bytes(4_000_000))  # too much to be kept in memory while it comes in
    stranger = witness.stranger()
    stranger.get("/account/login/code/")
    answer = witness.timed(lambda: stranger.post("/account/login/code/", email=stranger.email))
    witness.expect(answer and answer.status == 503, f"{answer and answer.status}: asking for a code")
    room.free()
    recovery = witness.back(*deed)
    after = send_picture(witness, pixel(1))
    witness.expect(after.status == 201, f"{after.status}: no picture could be added afterwards")
    return witness.figures(recovery, by=room.name)


def pictures_read_only(witness, room):
    """Pictures can be read and not be written; everything else works."""
    witness.scene_of("pictures read-only")
    witness.trainer.get(witness.scene["editor"])
    room.close()
    refused_picture(witness, pixel(2))
    deed = next(witness.topics), str(uuid.uuid4())
    done = witness.complete(*deed)
    witness.expect(done and done.status == 303, "completing needs no pictures")
    witness.done.append(deed)
    room.reopen()
    began = time.monotonic()
    after = send_picture(witness, pixel(2))
    witness.expect(after.status == 201, f"{after.status}: no picture could be added afterwards")
    return witness.figures(time.monotonic() - began, by=room.name)


def pixel(shade):
    """A PNG of one grey pixel."""

    def chunk(name, content):
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes([0, shade]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def send_picture(witness, content):
    return witness.trainer.send_file(witness.scene["pictures"], content, Accept="application/json")


def refused_picture(witness, content):
    """A picture is refused, in words that the editor shows beside it."""
    answer = witness.timed(lambda: send_picture(witness, content))
    witness.sees(answer)
    with contextlib.suppress(ValueError):
        message = json.loads(answer.text).get("message", "") if answer else ""
        witness.expect(NO_ROOM in message, f"the editor hears “{message}”")
