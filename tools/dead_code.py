"""Find code that nothing uses: vulture over the product, where a template or a string that names something uses it.

``tools/asked_for.txt`` lists the names that only others ask for (Django, allauth, WSGI), with the reason; one that no
source has any more has no place there.
"""

import re
import sys
from pathlib import Path

from vulture import Vulture

PRODUCT = ["accounts", "config", "courses", "manage.py"]
READ_BY_DJANGO = ("config/settings.py", "config/formats/")
"""Name for name; what they use themselves counts."""

ALLOWED = Path(__file__).with_name("asked_for.txt")
TAGS = re.compile(r"{[{%].*?[}%]}", re.DOTALL)
DOTTED = re.compile(r"""["']((?:\w+[.:_])*\w+)["']""")


def named_by_templates():
    texts = (path.read_text() for path in Path("templates").rglob("*.*"))
    return {name for text in texts for tag in TAGS.findall(text) for name in re.findall(r"\w+", tag)}


def sources():
    paths = [path for folder in PRODUCT for path in [Path(folder), *Path(folder).rglob("*.py")] if path.is_file()]
    return [path.read_text() for path in paths]


def named_by_strings():
    """Fields of a form, names of methods, dotted paths: whatever a string of ours spells out."""
    found = (name for text in sources() for name in DOTTED.findall(text))
    return {word for name in found for part in re.split(r"[.:]", name) for word in (part, *part.split("__"))}


def unused():
    vulture = Vulture(ignore_decorators=["@register"])
    vulture.scavenge(PRODUCT, exclude=["*/migrations/*"])
    vulture.used_names |= named_by_templates() | named_by_strings()
    found = vulture.get_unused_code(min_confidence=60)
    return [item for item in found if not any(part in item.filename.as_posix() for part in READ_BY_DJANGO)]


def allowed():
    """{name: reason}"""
    pairs = [line.partition(": ")[::2] for line in ALLOWED.read_text().splitlines() if line]
    return {name: reason for names, reason in pairs for name in names.split()}


def main():
    found, known = unused(), allowed()
    wrong = [item.get_report() for item in found if item.name not in known]
    there = {word for text in sources() for word in re.findall(r"\w+", text)}
    wrong += [f"{ALLOWED.name}: {name} stands nowhere any more" for name in known.keys() - there]
    wrong += [f"{ALLOWED.name}: {name} has no reason" for name, reason in known.items() if not reason.strip()]
    sys.exit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
