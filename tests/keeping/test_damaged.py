"""Fifty backups that something happened to: each is refused, in words that say what, and nothing is touched."""

import hashlib
import io
import json
import random
import tarfile
from io import StringIO

import pytest
from django.conf import settings as current
from django.core.management import CommandError, call_command

from accounts.models import User
from courses.keeping.archives import MANIFEST, SEAL, Hashing, header, seal
from tests.keeping.conftest import files_of, members

pytestmark = pytest.mark.django_db(transaction=True)


def written(path, found, *, more=()):
    """A tar of these members, sealed as a good one is: somebody took trouble."""
    with path.open("wb") as file:
        hashing = Hashing(file)
        tar = tarfile.TarFile(fileobj=hashing, mode="w", format=tarfile.PAX_FORMAT)
        for name, content in found.items():
            tar.addfile(header(name, len(content)), io.BytesIO(content))
        for member in more:
            tar.addfile(member)
        file.write(seal(hashing.sha256.hexdigest()))


def changed(change):
    """A damage to the members, after which the archive is sealed anew."""

    def damage(path):
        found = members(path)
        del found[SEAL]
        more = change(found) or ()
        written(path, found, more=more)

    return damage


def in_manifest(change):
    def damage(found):
        manifest = json.loads(found[MANIFEST])
        found[MANIFEST] = json.dumps(change(manifest) or manifest).encode()

    return changed(damage)


def flipped(seed):
    """One bit, anywhere in the file: in a row, a picture, a name, the padding, the seal.

    Most of the file is the database: every other one falls where the rest is.
    """

    def damage(path):
        content = bytearray(path.read_bytes())
        chance = random.Random(seed)  # noqa: S311  the same every time
        ends = [*range(2048), *range(len(content) - 4096, len(content))]
        place = chance.choice(ends) if seed % 2 else chance.randrange(len(content))
        content[place] ^= 1 << chance.randrange(8)
        path.write_bytes(content)

    return damage


def cut(part):
    def damage(path):
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * part)])

    return damage


def first(found, prefix):
    return next(name for name in found if name.startswith(prefix))


def without(prefix):
    return changed(lambda found: found.pop(first(found, prefix)) and None)


def other_content(prefix, change):
    def damage(found):
        name = first(found, prefix)
        found[name] = change(found[name])

    return changed(damage)


def with_link(found):
    link = header("media/link.png", 0)
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return [link]


def twice(found):
    return [header(first(found, "media/"), 0)]


def listed(name):
    """Another file, that the manifest knows too: of the right size, with the right digest."""

    def damage(found):
        manifest = json.loads(found[MANIFEST])
        manifest["files"][name] = {"sha256": EMPTY, "size": 0}
        found[MANIFEST], found[name] = json.dumps(manifest).encode(), b""

    return changed(damage)


EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def one_row_more(manifest):
    manifest["tables"]["accounts_user"] += 1


def other_size(manifest):
    manifest["files"][first(manifest["files"], "media/")]["size"] += 1


def other_digest(manifest):
    manifest["files"][first(manifest["files"], "database")]["sha256"] = EMPTY


def swapped(manifest):
    one, other = [name for name in manifest["files"] if name.startswith("media/")]
    files = manifest["files"]
    files[one]["sha256"], files[other]["sha256"] = files[other]["sha256"], files[one]["sha256"]


def lost_picture(found):
    """The picture and its entry are gone; only the database still names it."""
    manifest = json.loads(found[MANIFEST])
    name = first(found, "media/")
    del manifest["files"][name], found[name]
    found[MANIFEST] = json.dumps(manifest).encode()


def broken_database(found):
    """Not a bit that fell over: somebody wrote other pages, and the manifest knows their digest."""
    manifest = json.loads(found[MANIFEST])
    name = first(found, "database")
    found[name] = found[name][:2000] + bytes(4096) + found[name][6096:]
    manifest["files"][name]["sha256"] = hashlib.sha256(found[name]).hexdigest()
    found[MANIFEST] = json.dumps(manifest).encode()


DAMAGES = {
    **{f"bit {seed}": (flipped(seed), "") for seed in range(20)},
    **{f"cut at {part}": (cut(part), "") for part in (0, 0.001, 0.1, 0.5, 0.9, 0.999)},
    "no database": (without("database"), "“database.* is missing"),
    "no picture": (without("media/"), "“media/.* is missing"),
    "no manifest": (without(MANIFEST), "“manifest.json” is missing"),
    "a file more": (changed(lambda found: found.update({"media/more.png": b"?"})), "“media/more.png” is in it"),
    "a key nobody listed": (changed(lambda found: found.update({"secret-key": b"?"})), "“secret-key” is in it"),
    "a path upwards": (changed(lambda found: found.update({"media/../../x": b"?"})), "no plain file"),
    "an absolute path": (changed(lambda found: found.update({"/etc/x": b"?"})), "no plain file"),
    "a link": (changed(with_link), "no plain file"),
    "a name twice": (changed(twice), "twice"),
    "a listed path upwards": (listed("media/../../x"), "no plain file"),
    "a listed stranger": (listed("authorized_keys"), "“authorized_keys” is in it"),
    "other picture": (other_content("media/", lambda content: content[:-1] + b"?"), "“media/.* was changed"),
    "shorter database": (other_content("database", lambda content: content[:-1]), "bytes instead of"),
    "no JSON": (other_content(MANIFEST, lambda content: b"{" + content), "manifest cannot be read"),
    "a list": (other_content(MANIFEST, lambda content: b"[]"), "another format"),
    "another format": (in_manifest(lambda said: {**said, "format": 2}), "another format"),
    "no tables": (in_manifest(lambda said: said.pop("tables") and None), "does not say what a manifest says"),
    "tables of text": (in_manifest(lambda said: {**said, "tables": {"a": "b"}}), "cannot be"),
    "one row more": (in_manifest(one_row_more), "rows of “accounts_user”, and the manifest says"),
    "other size": (in_manifest(other_size), "bytes instead of"),
    "other digest": (in_manifest(other_digest), "“database.* was changed"),
    "pictures swapped": (in_manifest(swapped), "“media/.* was changed"),
    "picture lost": (changed(lost_picture), "“media/.* is missing, and its database names it"),
    "database rewritten": (changed(broken_database), "[Ii]ts database"),
}


def test_fifty_there_are():
    assert len(DAMAGES) == 50


def test_fifty_damaged_backups_are_fifty_times_refused_and_nothing_is_touched(backup, subtests):
    good, files = backup.read_bytes(), files_of(current.MEDIA_ROOT)
    refused = []
    for name, (damage, reason) in DAMAGES.items():
        with subtests.test(name):
            backup.write_bytes(good)
            damage(backup)
            assert backup.read_bytes() != good

            with pytest.raises(CommandError, match=f"(?s)damaged; nothing was changed. .*{reason}") as refusal:
                call_command("restore", backup, replace=True, stdout=StringIO())

            assert str(refusal.value).endswith(".")
            refused.append(name)

    assert len(refused) == 50
    assert files_of(current.MEDIA_ROOT) == files
    assert User.objects.get().name == "Lea"


def test_the_same_backup_undamaged_is_restored(backup):
    found = members(backup)
    del found[SEAL]

    written(backup, found)

    call_command("restore", backup, check=True, stdout=StringIO())
