"""What a keeper should have filled in before people come."""

from django.conf import settings
from django.core.checks import Tags, Warning, register

ASKED = {
    "KEEPER_NAME": "who is responsible for the data on this site",
    "KEEPER_ADDRESS": "where they can be found",
    "CONTACT_EMAIL": "where people can ask questions, and report a leak",
}


def keeper_is_known(**kwargs):
    """The law asks it of every site that keeps data of people (AVG, article 13)."""
    for name, meaning in ASKED.items():
        if not getattr(settings, name):
            yield Warning(
                f"The page on privacy does not say {meaning}.",
                hint=f"Set {name} in the environment (docs/settings.md).",
                id="stapwijs.W010",
            )


def enter():
    register(keeper_is_known, Tags.security, deploy=True)
