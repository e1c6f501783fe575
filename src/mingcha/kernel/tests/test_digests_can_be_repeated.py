import datetime as dt
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.digest import (
    ALGORITHMS,
    GENESIS,
    canonical_json,
    chain_digest,
    find_algorithm,
    hex_digest,
    sm3,
)

SM3_VECTORS = [
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
]
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(("data", "expected"), SM3_VECTORS)
def test_sm3_gives_the_two_values_of_the_standard(data: bytes, expected: str) -> None:
    assert sm3(data) == expected
    assert hex_digest(data, "sm3") == expected


@pytest.mark.parametrize("length", [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 300])
def test_sm3_here_agrees_with_the_platform_at_every_padding_length(length: int) -> None:
    data = bytes(range(256)) * 2
    assert sm3(data[:length]) == hex_digest(data[:length], algorithm="sm3")


def test_sha256_is_the_default() -> None:
    assert hex_digest(b"abc") == hashlib.sha256(b"abc").hexdigest() == hex_digest(b"abc", "sha256")
    assert set(ALGORITHMS) == {"sha256", "sm3"}


def test_an_unknown_algorithm_is_refused() -> None:
    with pytest.raises(ValueError, match="md5"):
        find_algorithm("md5")


def test_canonical_json_has_one_spelling() -> None:
    assert canonical_json({"乙": 1, "a": [True, None, "栾城"], "B": {"y": 2, "x": -1}}) == (
        '{"B":{"x":-1,"y":2},"a":[true,null,"栾城"],"乙":1}'.encode()
    )


@pytest.mark.parametrize(
    "bad", [1.0, float("nan"), {"a": [0.5]}, {1: "a"}, dt.date(2026, 1, 1), b"x", {"a"}, "\ud800"]
)
def test_what_has_no_single_spelling_is_refused(bad: object) -> None:
    with pytest.raises(ValueError, match=r"canonical|key|surrogates"):
        canonical_json(bad)


@given(PLAIN)
def test_canonical_json_reads_back_and_does_not_depend_on_order(value: object) -> None:
    written = canonical_json(value)
    assert json.loads(written) == value
    if isinstance(value, dict):
        assert canonical_json(dict(reversed(value.items()))) == written


def test_a_link_can_be_confirmed_by_hand() -> None:
    assert chain_digest(GENESIS, b"one") == hashlib.sha256(b"0" * 64 + b"\none").hexdigest()


@pytest.mark.parametrize("prev", ["", "0" * 63, "A" * 64, "0" * 64 + "\n"])
def test_a_link_needs_a_proper_previous_digest(prev: str) -> None:
    with pytest.raises(ValueError, match="previous digest"):
        chain_digest(prev, b"")


@given(
    st.lists(st.binary(max_size=20), min_size=1, max_size=6), st.data(), st.sampled_from(["sha256", "sm3"])
)
def test_changing_any_record_changes_the_head(payloads: list[bytes], data: st.DataObject, name: str) -> None:
    def head(records: list[bytes]) -> str:
        link = GENESIS
        for record in records:
            link = chain_digest(link, record, name)
        return link

    place = data.draw(st.integers(0, len(payloads) - 1))
    changed = [*payloads[:place], payloads[place] + b"!", *payloads[place + 1 :]]
    assert head(changed) != head(payloads)
