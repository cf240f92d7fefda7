"""What this software stands on is known, pinned by hash, and may be used."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

sys.path.append("tools")

import sbom
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = [sbom.PRODUCT, sbom.WITH_S3, sbom.DEVELOPMENT, "tools/uv-requirements.lock"]
FREE = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}
LIBRARIES = {"psycopg", "psycopg-binary", "psycopg-pool"}
"""LGPL: used as they are, and replaceable."""


@pytest.fixture(scope="module")
def bill():
    return sbom.bill()


def versions(lock):
    return {name: pin.version for name, pin in sbom.locked(lock).items()}


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_in_a_lock_is_one_version_with_its_hashes(lock):
    lines = [line for line in Path(lock).read_text().splitlines() if line and not line.startswith((" ", "#"))]
    pins = sbom.pins(lock)

    assert len(pins) == len(lines)
    assert [pin.name for pin in pins if not pin.hashes] == []
    assert "://" not in Path(lock).read_text()


def test_what_is_installed_is_what_the_lock_says():
    assert sbom.installed() == versions(sbom.DEVELOPMENT)


@pytest.mark.parametrize("lock", [sbom.WITH_S3, sbom.DEVELOPMENT])
def test_a_larger_lock_says_the_same_as_that_of_the_product(lock):
    larger = sbom.locked(lock)

    assert {name: (larger[name].version, larger[name].hashes) for name in sbom.locked(sbom.PRODUCT)} == {
        name: (pin.version, pin.hashes) for name, pin in sbom.locked(sbom.PRODUCT).items()
    }


def test_what_the_project_asks_for_is_in_its_lock():
    project = tomllib.loads(Path("pyproject.toml").read_text())
    asked = {
        sbom.PRODUCT: project["project"]["dependencies"],
        sbom.WITH_S3: project["project"]["optional-dependencies"]["s3"],
        sbom.DEVELOPMENT: project["dependency-groups"]["dev"],
    }

    for lock, requirements in asked.items():
        names = {canonicalize_name(Requirement(one).name) for one in requirements}
        assert names - sbom.locked(lock).keys() == set()


def test_the_bill_of_materials_names_all_of_a_release_and_nothing_else(bill):
    named = {canonicalize_name(part["name"]): part["version"] for part in bill["components"]}

    assert named == versions(sbom.WITH_S3)
    assert all(part["properties"] for part in bill["components"])


def test_a_release_may_be_given_to_everybody(bill):
    terms = {canonicalize_name(part["name"]): sbom.licences_of(part) for part in bill["components"]}
    words = {name: re.split(r" OR | AND ", " OR ".join(found)) for name, found in terms.items()}
    bound = {name for name, found in words.items() if not set(found) <= FREE}

    assert bound == LIBRARIES
    assert {word for name in LIBRARIES for word in words[name]} == {"LGPL-3.0-only"}


def test_the_page_of_licences_is_that_of_what_is_installed():
    assert sbom.LICENCES.read_text() == sbom.table()
