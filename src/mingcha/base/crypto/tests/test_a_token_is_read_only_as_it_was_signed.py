"""ECDSA P-256 tokens: whatever is changed, cut, lengthened or signed by somebody else is no token of ours."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from mingcha.base.crypto.signing import MAX_TOKEN, Forged, Signer, decoded, encoded, read
from mingcha.base.crypto.signing_keys import new_signing_key, public_keys, signer
from mingcha.base.viewers import System

OURS = Signer("1" * 64)
KEYS = {OURS.public.kid: OURS.public}
TOKEN = OURS.token({"typ": "door", "f": "示范企业01有限公司", "x": 1790000000})


def fault(token: str) -> str:
    with pytest.raises(Forged) as raised:
        read(token, KEYS)
    return raised.value.fault


def test_what_was_signed_is_read() -> None:
    payload = read(TOKEN, KEYS)

    assert payload["f"] == "示范企业01有限公司"
    assert payload["kid"] == OURS.public.kid


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij0123456789-_."))
def test_a_single_character_that_differs_makes_it_forged(place: int, other: str) -> None:
    changed = TOKEN[:place] + other + TOKEN[place + 1 :]
    if changed != TOKEN:
        assert fault(changed) in {"malformed", "unknown_key", "signature"}


@given(st.integers(0, len(TOKEN) - 1))
def test_a_piece_of_it_is_forged(length: int) -> None:
    assert fault(TOKEN[:length])


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "a.b",
        TOKEN + "A",
        TOKEN + ".x",
        TOKEN + "=",
        "A" * (MAX_TOKEN + 1) + ".B",
        "[]",
        "\x00.\x00",
        "码.码",
    ],
)
def test_what_is_no_token_is_malformed(token: str) -> None:
    assert fault(token) == "malformed"


def test_deep_json_does_no_harm() -> None:
    body = encoded(b"[" * 3000)
    assert fault(f"{body}.{OURS.sign(body)}") == "malformed"


def test_another_ones_signature_is_told_apart_from_another_ones_key() -> None:
    theirs = Signer("2" * 64)
    assert fault(theirs.token({"typ": "door"})) == "unknown_key"

    body = encoded(json.dumps({"kid": OURS.public.kid}).encode())
    assert fault(f"{body}.{theirs.sign(body)}") == "signature"


def test_a_signature_has_one_way_to_be_written() -> None:
    body, _dot, signature = TOKEN.partition(".")
    assert len(decoded(signature)) == 64
    last = signature[-1]
    twin = signature[:-1] + chr(ord(last) + 1)
    assert fault(f"{body}.{twin}") in {"malformed", "signature"}


@pytest.mark.django_db
def test_a_new_key_signs_and_the_old_one_still_verifies() -> None:
    me = System("tests")
    before = signer(actor=me)
    token = before.token({"typ": "door"})
    assert signer(actor=me).public == before.public

    new_signing_key(actor=me)

    after = signer(actor=me)
    assert after.public != before.public
    assert set(public_keys()) == {before.public.kid, after.public.kid}
    assert read(token, public_keys())["typ"] == "door"


@pytest.mark.django_db
def test_the_private_half_is_encrypted_at_rest() -> None:
    key = signer(actor=System("tests"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM base_signingkey")
        (stored,) = cursor.fetchone()

    assert stored.startswith("v1:")
    assert key.secret not in stored
