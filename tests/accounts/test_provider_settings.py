"""What the environment may say of the organisation's own provider."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.identity import openid_connect


@pytest.mark.parametrize(
    "lacking", [{"issuer": "http://provider.example"}, {"name": ""}, {"client_id": ""}, {"client_secret": ""}]
)
def test_a_configuration_that_is_not_whole_or_not_safe_is_refused(lacking):
    whole = {"name": "Aurora", "issuer": "https://provider.example", "client_id": "x", "client_secret": "y"}
    assert openid_connect(**whole)["APPS"]

    with pytest.raises(ImproperlyConfigured):
        openid_connect(**{**whole, **lacking})


def test_another_provider_never_speaks_for_the_accounts_of_the_former():
    whole = {"name": "Aurora", "client_id": "x", "client_secret": "y"}
    [former] = openid_connect(issuer="https://one.example", **whole)["APPS"]
    [present] = openid_connect(issuer="https://two.example", **whole)["APPS"]

    assert former["provider_id"] != present["provider_id"]
