"""What a release is made of: writes ``var/sbom.json`` (CycloneDX) and ``docs/licences.md``.

Made of the locks and of what is installed from them; tests/test_supply_chain.py compares all four.
"""

import copy
import functools
import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PRODUCT, WITH_S3, DEVELOPMENT = "requirements.lock", "requirements-s3.lock", "requirements-dev.lock"
SBOM, LICENCES = Path("var/sbom.json"), Path("docs/licences.md")
PINNED = re.compile(r"^(\S+?)==.*?(?=^\S+?==|\Z)", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")
BY_CLASSIFIER = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Artistic License": "Artistic-1.0",
    "GNU General Public License (GPL)": "GPL-2.0-or-later",
    "Other/Proprietary License": None,
    "OSI Approved": None,
}
"""What older packages say; None says nothing."""

READ = {
    "antlr4-python3-runtime": "BSD-3-Clause",
    "axe-playwright-python": "MIT",
    "pysqlite3": "Zlib",
    "fido2": "BSD-2-Clause",
}
"""Packages whose description names no licence, or those of other people's parts as well: from their licence file."""


class Pinned:
    """One package of a lock: its requirement, and the hashes of which one must fit."""

    def __init__(self, text):
        self.requirement = Requirement(text.splitlines()[0].rstrip("\\ "))
        self.name = canonicalize_name(self.requirement.name)
        self.version = next(iter(self.requirement.specifier)).version
        self.hashes = HASH.findall(text)

    @property
    def wanted_here(self):
        return self.requirement.marker is None or self.requirement.marker.evaluate()


def pins(lock):
    """Every entry of a lock; a package may have one for each kind of machine."""
    return [Pinned(found[0]) for found in PINNED.finditer(Path(lock).read_text())]


def locked(lock):
    """{name: Pinned} of what a lock installs on a machine like this one."""
    return {one.name: one for one in pins(lock) if one.wanted_here}


def installed():
    """{name: version} of what is in the environment that runs this."""
    return {canonicalize_name(one.name): one.version for one in importlib.metadata.distributions()}


@functools.cache
def environment():
    """What CycloneDX sees in the environment that runs this.

    It would check its own answer, before anything is added here, in twenty times as long as it takes to give it.
    """
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--no-validate"]
    command += ["--pyproject", "pyproject.toml", sys.executable]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def bill(lock=WITH_S3):
    """The bill of materials of what a lock installs here, each part with the hashes that are accepted for it."""
    wanted, everything = locked(lock), copy.deepcopy(environment())
    parts = [part for part in everything["components"] if canonicalize_name(part["name"]) in wanted]
    for part in parts:
        hashes = wanted[canonicalize_name(part["name"])].hashes
        part["properties"] = [{"name": "stapwijs:accepted-hash", "value": one} for one in hashes]
    kept = {part["bom-ref"] for part in parts} | {"root-component"}
    dependencies = [
        {**one, "dependsOn": [ref for ref in one.get("dependsOn", []) if ref in kept]}
        for one in everything["dependencies"]
        if one["ref"] in kept
    ]
    return {**everything, "components": parts, "dependencies": dependencies}


def licences_of(part):
    """The licences of a component of the bill, in SPDX words."""
    name = canonicalize_name(part["name"])
    if name in READ:
        return [READ[name]]
    found = []
    for entry in part.get("licenses", []):
        licence = entry.get("license", {})
        said = entry.get("expression") or licence.get("id") or licence.get("name").removeprefix("License :: ")
        said = said.removeprefix("OSI Approved :: ")
        found.append(BY_CLASSIFIER.get(said, said))
    exact = [one for one in found if one and " :: " not in one]
    return list(dict.fromkeys(exact[:1] if len(part["licenses"]) > 1 and exact else exact))


def table():
    """``docs/licences.md``: who made what this software stands on, and on which terms."""
    product, with_s3 = locked(PRODUCT), locked(WITH_S3)
    parts = {canonicalize_name(part["name"]): part for part in environment()["components"]}
    groups = {
        "The product": [name for name in parts if name in product],
        "With media in a bucket": [name for name in parts if name in with_s3 and name not in product],
        "For tests and checks alone, in no release": [name for name in parts if name not in with_s3],
    }
    lines = [HEAD]
    for title, names in groups.items():
        lines += [f"## {title}", "", "| Package | Licence |", "| --- | --- |"]
        lines += [f"| {name} | {' or '.join(licences_of(parts[name]))} |" for name in sorted(names)]
        lines.append("")
    return "\n".join(lines)


HEAD = """# Licences

Stapwijs itself is BSD-3-Clause. This page is made by `make sbom` from what the installed packages say of themselves;
a test holds it equal to them, and refuses GPL and AGPL in the product. psycopg, which speaks with PostgreSQL, is
LGPL-3.0: it is used as a library, unchanged, and can be replaced by another version of it.
"""


def main():
    SBOM.parent.mkdir(exist_ok=True)
    made = bill()
    SBOM.write_text(json.dumps(made, indent=2) + "\n")
    LICENCES.write_text(table())
    print(f"{SBOM}: {len(made['components'])} components; {LICENCES}")


if __name__ == "__main__":
    main()
