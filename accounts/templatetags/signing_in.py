"""What pages about signing in ask of the account and of the settings."""

import json
from textwrap import wrap

from django import template
from django.core.serializers.json import DjangoJSONEncoder

from accounts import oidc, second_factor

register = template.Library()


@register.simple_tag
def provider_name():
    """Of the organisation's own sign-in; empty where there is none."""
    provider = oidc.configured()
    return provider["name"] if provider else ""


@register.filter
def lacks_second_factor(user):
    """Whether a room of theirs is shut until they have one."""
    return second_factor.is_missing(user)


@register.filter
def second_factors(user):
    return user.authenticator_set.filter(type__in=second_factor.FACTORS).count()


@register.filter
def in_fours(key):
    """As one reads and types it; apps take it with the spaces."""
    return " ".join(wrap(key, 4))


@register.filter
def as_json(value):
    """For an attribute that a script reads; escaped like everything else."""
    return json.dumps(value, cls=DjangoJSONEncoder)
