"""Promises of `model.secret_shapes`: names of secrets, and lines that may hold one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.model.secret_shapes import (
    names_secret,
    shape_of,
    shapes_in,
    suspicious_lines,
)

TOKEN = "gh" + "p_" + "a1B2c3D4e5" * 4
UNHINTED = "a2b3c4d5" * 6 + "efgh"

HOLD_SECRETS = """
    Contoso.ClientSecretValue Contoso.StorageKey Contoso.ApiKey Contoso.Password1 APIkey api_key
    Contoso.EncryptedPwd Contoso.PasswordHash.Data Client-Secret forest-login-password passwd
    private-key Contoso.SasUrl Contoso.AccessToken oauth2token clientsecret unicodePwd
    Contoso.PasswordResetToken Contoso.PasswordSyncPassword Contoso.Credentials PASSPHRASE
""".split()
HOLD_NONE = """
    Microsoft.OptionalFeature.PasswordHashSync Microsoft.OptionalFeature.PasswordWriteback
    Microsoft.UserSignIn.SignOnMethod Microsoft.Synchronize.ForceFullPasswordSync
    Microsoft.SynchronizationOption.AnchorAttribute password-hash-sync-config password-sync-allowed
    password-sync password-change-history-size EnablePasswordSync aad-password-reset-config
    password-management-enabled primary_key possible_component_mappings secretary monkey Compass
    forest-login-user sign-and-seal ssl-bind Contoso.KeyAttribute Contoso.TokenLifetime sassafras
""".split()


@pytest.mark.parametrize("name", HOLD_SECRETS)
def test_a_setting_that_is_called_like_a_secret_holds_one(name: str) -> None:
    assert names_secret(name)


@pytest.mark.parametrize("name", HOLD_NONE)
def test_a_feature_named_after_passwords_holds_none(name: str) -> None:
    assert not names_secret(name)


def test_a_shape_is_found_with_its_kind_and_where_it_stands() -> None:
    (found,) = shapes_in(f"see {TOKEN}, please")

    assert (found.name, found.start, found.end) == ("a GitHub token", 4, 4 + len(TOKEN))
    assert shape_of("ghp_short") is None


@given(st.lists(st.text("ab\u00e9{}:\"', \\", max_size=80), max_size=20), st.integers(0, 19))
def test_every_line_with_a_secret_or_the_name_of_one_is_suspicious(
    lines: list[str], number: int
) -> None:
    for planted in (TOKEN, UNHINTED, "Contoso.ApiKey"):
        with_secret = [*lines[:number], f"é {planted}", *lines[number:]]
        data = "\n".join(with_secret).encode()

        found = [data[start:end].decode() for start, end in suspicious_lines(data)]

        assert found == [f"é {planted}"]
