"""What stands in a backup, and whose it is."""

import json
import re
from dataclasses import asdict, dataclass, field

FORMAT = 1
SHA256 = re.compile(r"[0-9a-f]{64}")


class DamagedError(Exception):
    """This backup is not as it was made; the text says in which way."""


@dataclass
class Manifest:
    """``files``: name → SHA-256 and size. ``tables``: name → rows. ``migrations``: app → names.

    ``missing``: files that the database names and that were not there when the backup was made.
    ``key``: a fingerprint of the site's secret key, which tells whether another site has the same.
    """

    made_at: str
    product: str
    engine: str
    engine_version: str
    migrations: dict[str, list[str]]
    tables: dict[str, int]
    key: str
    files: dict[str, dict] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def as_json(self):
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False)

    @classmethod
    def read(cls, content):
        """Raises ``DamagedError`` unless all is there, and each thing of its kind."""
        try:
            said = json.loads(content)
        except ValueError as error:
            raise DamagedError("The manifest cannot be read.") from error
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            raise DamagedError("The manifest is of another format than this version of the product knows.")
        if set(said) != set(cls.__dataclass_fields__):
            raise DamagedError("The manifest does not say what a manifest says.")
        manifest = cls(**said)
        if not manifest.is_sensible():
            raise DamagedError("The manifest says something that cannot be.")
        return manifest

    def is_sensible(self):
        texts = (self.made_at, self.product, self.engine, self.engine_version, self.key, *listed(self.missing))
        return (
            all(isinstance(text, str) for text in texts)
            and self.engine in ("sqlite", "postgresql")
            and all(map(is_count, named(self.tables)))
            and all(isinstance(name, str) for names in named(self.migrations) for name in listed(names))
            and all(isinstance(one, dict) and is_file(**one) for one in named(self.files) if one)
            and all(named(self.files))
        )


def named(said):
    return said.values() if isinstance(said, dict) else [None]


def listed(said):
    return said if isinstance(said, list) else [None]


def is_count(said):
    return type(said) is int and said >= 0


def is_file(sha256=None, size=None, **more):
    return not more and isinstance(sha256, str) and SHA256.fullmatch(sha256) and is_count(size)
