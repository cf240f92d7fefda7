"""A site's own logo and colours: files in ``STYLE_DIR``, no fork (docs/house-style.md)."""

import re
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Warning, register

LOGOS = ("logo.svg", "logo.png", "logo.webp")
OUR_LOGO = "icon.svg"
TOKENS = Path(__file__).resolve().parent.parent / "static" / "css" / "tokens.css"
READ_ON = {
    "paper": ("ink", "ink-soft", "accent", "accent-deep", "done", "warn"),
    "sheet": ("ink", "ink-soft", "accent", "accent-deep", "done", "warn"),
    "accent-wash": ("ink", "accent-deep"),
    "done-wash": ("ink", "done"),
    "warn-wash": ("ink", "warn"),
    "accent": ("on-accent",),
    "accent-deep": ("on-accent",),
}
"""Background → the colours in which words stand on it."""
READABLE = 4.5
"""WCAG 2.2, 1.4.3: contrast of text of ordinary size with its background."""


def logo_in(folder):
    """The name of the logo as a static file."""
    return next((name for name in LOGOS if folder and (Path(folder) / name).is_file()), OUR_LOGO)


def has_style_sheet(folder):
    return bool(folder) and (Path(folder) / "house.css").is_file()


@register()
def house_style_can_be_read(app_configs, **kwargs):
    """Say what is missing, and which words nobody could read in the colours of the house."""
    folder = settings.STYLE_DIR
    if not folder:
        return []
    if not Path(folder).is_dir():
        hint = "Make the folder, or leave STYLE_DIR out for the colours of Stapwijs."
        return [Error(f"STYLE_DIR names a folder that is not there: {folder}", hint=hint, id="stapwijs.E011")]
    if not has_style_sheet(folder):
        return []
    ours, own = (colours_in(path.read_text()) for path in (TOKENS, Path(folder) / "house.css"))
    return [
        Warning(
            f"house.css: --{words} ({pair[0]}) is hard to read on --{ground} ({pair[1]}): contrast {ratio:.1f}.",
            hint=f"Take a darker or lighter colour until it is {READABLE} (in {appearance} appearance).",
            id="stapwijs.W011",
        )
        for appearance, ground, words, pair, ratio in unreadable({**ours, **own})
    ]


def colours_in(css):
    """Name of the token → (in light, in dark), where it is written as six hexadecimal digits."""
    colour = r"#[0-9a-fA-F]{6}"
    found = re.findall(rf"--([\w-]+):\s*(?:light-dark\(\s*({colour})\s*,\s*({colour})\s*\)|({colour}))\s*;", css)
    return {name: (light or both, dark or both) for name, light, dark, both in found}


def unreadable(colours):
    """Yield (appearance, background, token of the words, their two colours, contrast) where it is too low."""
    for index, appearance in enumerate(("light", "dark")):
        for ground, tokens in READ_ON.items():
            for words in tokens:
                pair = colours[words][index], colours[ground][index]
                if (ratio := contrast(*pair)) < READABLE:
                    yield appearance, ground, words, pair, ratio


def contrast(one, other):
    """WCAG 2.2: from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
