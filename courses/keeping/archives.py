"""The one file that a backup is: a tar that anybody can open, in which every single bit is accounted for.

The members come first, then ``manifest.json``, then a seal: a member that holds the SHA-256 of all bytes before it. So
a bit that flips where no file stands, in a header or in padding, is seen as well.
"""

import hashlib
import io
import os
import tarfile
from contextlib import contextmanager

from courses.keeping.manifest import DamagedError, Manifest

MANIFEST, SEAL = "manifest.json", "seal.sha256"
BLOCK, CHUNK = 512, 1024 * 1024
SEAL_SIZE = 4 * BLOCK
"""Header, digest, and the two empty blocks that end a tar."""


def header(name, size):
    """For members that only their keeper may read; nothing in it but the name and the size."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def seal(digest):
    content = digest.encode().ljust(BLOCK, b"\0")
    return header(SEAL, len(digest)).tobuf(tarfile.PAX_FORMAT) + content + bytes(2 * BLOCK)


class Hashing:
    """A file that is only written, and knows the SHA-256 and the size of what was."""

    def __init__(self, file):
        self.file, self.sha256, self.size = file, hashlib.sha256(), 0

    def write(self, content):
        self.sha256.update(content)
        self.size += len(content)
        return self.file.write(content)

    def tell(self):
        return self.size


class Writer:
    """Adds files one after another; ``finish`` adds the manifest and the seal."""

    def __init__(self, file):
        self.file = Hashing(file)
        self.tar = tarfile.TarFile(fileobj=self.file, mode="w", format=tarfile.PAX_FORMAT)
        self.files = {}

    def add(self, name, content, size):
        """``content``: a file of ``size`` bytes, from where it stands now."""
        read = Reading(content)
        self.tar.addfile(header(name, size), read)
        self.files[name] = {"sha256": read.sha256.hexdigest(), "size": size}

    def finish(self, manifest):
        content = manifest.as_json().encode()
        self.tar.addfile(header(MANIFEST, len(content)), io.BytesIO(content))
        self.file.file.write(seal(self.file.sha256.hexdigest()))


class Reading:
    """A file that is only read, and knows the SHA-256 of what was."""

    def __init__(self, file):
        self.file, self.sha256 = file, hashlib.sha256()

    def read(self, size=-1):
        content = self.file.read(size)
        self.sha256.update(content)
        return content


@contextmanager
def written_whole(path):
    """Yield a file that only its owner may read and that gets its name when everything is in it, on the disk."""
    draft = path.with_name(f".{path.name}.part")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(path.parent)


def flush_folder(folder):
    """A new name is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Archive:
    """A backup that was looked through: everything is there, nothing else is, and all is as it was written.

    Raises ``DamagedError`` with what is wrong, in words, if not.
    """

    def __init__(self, path):
        self.path = path
        with path.open("rb") as file:
            unbroken = is_sealed(file)
            self.members = members_of(file, unbroken)
            self.manifest = Manifest.read(self.content(MANIFEST))
            self.compare()
        if not unbroken:
            raise DamagedError("It was changed after it was made, between its files; none of it can be trusted.")

    def compare(self):
        """Every file of the manifest, and no other."""
        for name in self.members:
            if name not in self.manifest.files and name not in (MANIFEST, SEAL):
                raise DamagedError(f"“{name}” is in it, and the manifest does not know it.")
        for name, known in self.manifest.files.items():
            if name not in self.members:
                raise DamagedError(f"“{name}” is missing.")
            if self.members[name].size != known["size"]:
                raise DamagedError(f"“{name}” has {self.members[name].size} bytes instead of {known['size']}.")
            if self.sha256(name) != known["sha256"]:
                raise DamagedError(f"“{name}” was changed: its SHA-256 is another one than the manifest says.")

    @contextmanager
    def open(self, name):
        with self.path.open("rb") as file:
            yield tarfile.ExFileObject(tarfile.TarFile(fileobj=file), self.members[name])

    def content(self, name):
        with self.open(name) as file:
            return file.read()

    def sha256(self, name):
        with self.open(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def extract(self, name, path):
        """Write one file where only its owner can read it, and make sure that it arrived as it was."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with self.open(name) as source, os.fdopen(descriptor, "wb") as target:
            copied = Hashing(target)
            while content := source.read(CHUNK):
                copied.write(content)
            target.flush()
            os.fsync(target.fileno())
        if copied.sha256.hexdigest() != self.manifest.files[name]["sha256"]:
            raise DamagedError(f"“{name}” was changed while it was being restored.")


def is_sealed(file):
    """Whether all bytes are those that were written."""
    length = file.seek(0, os.SEEK_END) - SEAL_SIZE
    if length < 0:
        raise DamagedError("It is too short to be a backup.")
    file.seek(0)
    sha256 = hashlib.sha256()
    while length and (content := file.read(min(CHUNK, length))):
        sha256.update(content)
        length -= len(content)
    return file.read() == seal(sha256.hexdigest())


def members_of(file, unbroken):
    """{name: member} of plain files with plain names, each once; manifest and seal among them."""
    file.seek(0)
    try:
        found = tarfile.TarFile(fileobj=file).getmembers()
    except (tarfile.TarError, ValueError, EOFError, OverflowError) as error:
        raise DamagedError("It cannot be read to its end: it was cut short, or is no backup at all.") from error
    members = {}
    for member in found:
        if not member.isreg() or not is_plain(member.name):
            raise DamagedError(f"“{member.name}” is no plain file in its own folder; that is not from a backup.")
        if member.name in members:
            raise DamagedError(f"“{member.name}” is in it twice.")
        members[member.name] = member
    if SEAL not in members and not unbroken:
        raise DamagedError("Its end is missing: it was cut short, or broken on the way.")
    if MANIFEST not in members:
        raise DamagedError(f"“{MANIFEST}” is missing.")
    return members


def is_plain(name):
    parts = name.split("/")
    return all(part not in ("", ".", "..") for part in parts) and not {"\\", "\0"} & set(name)
