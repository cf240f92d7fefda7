"""Disks that can be full, and folders that can be closed, without harm to the machine they are on."""

import contextlib
import os
import resource
import subprocess


class SmallDisk:
    """A disk in memory of a few megabytes. For who may mount one."""

    name = "tmpfs"
    MEGABYTES = 8

    def __init__(self, folder):
        self.folder, self.ballast = folder, folder / "ballast"

    def __enter__(self):
        self.folder.mkdir()
        options = f"size={self.MEGABYTES}m,mode=700"
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.folder], check=True, stderr=subprocess.PIPE
        )
        return self

    def __exit__(self, *error):
        subprocess.run(["umount", "--lazy", self.folder], check=True)

    def fill(self):
        with self.ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))

    def free(self):
        self.ballast.unlink()


class Limits:
    """The processes of a site may write no file beyond its first bytes: what a quota does. For who may not mount."""

    name = "limit on the size of files"

    def __init__(self, site):
        self.site = site

    def fill(self):
        self.limit(1024)

    def free(self):
        self.limit(resource.RLIM_INFINITY)

    def limit(self, size):
        for group in self.site.processes.values():
            for process in members(group.pid):
                hard = resource.prlimit(process, resource.RLIMIT_FSIZE)[1]
                resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))


def members(first):
    found = subprocess.run(["pgrep", "-g", str(first)], stdout=subprocess.PIPE, text=True).stdout
    return map(int, found.split())


class ClosedFolder:
    """A folder that can be read and not be written: by its permissions, or mounted so for root, who needs none."""

    def __init__(self, folder):
        self.folder = folder
        self.name = "mounted read-only" if os.geteuid() == 0 else "permissions"

    def close(self):
        self.folder.mkdir(exist_ok=True)
        if os.geteuid():
            self.folder.chmod(0o500)
            return
        subprocess.run(["mount", "--bind", self.folder, self.folder], check=True, stderr=subprocess.PIPE)
        subprocess.run(["mount", "-o", "remount,bind,ro", self.folder], check=True)

    def reopen(self):
        if os.geteuid():
            self.folder.chmod(0o700)
        else:
            subprocess.run(["umount", "--lazy", self.folder], check=True)


def may_mount(folder):
    """Whether disks in memory can be made here."""
    with contextlib.suppress(subprocess.CalledProcessError, FileNotFoundError), SmallDisk(folder):
        return True
    return False
