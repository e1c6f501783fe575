import base64

import pytest

from mingcha.base.crypto.keys import KeyRing, KeysMisconfigured, Undecipherable

OLD, NEW = b"A" * 32, b"B" * 32
AAD = b"person.phone"


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing({1: OLD, 2: NEW}, setting="MINGCHA_FIELD_KEYS")


def test_a_token_names_the_newest_version_and_hides_the_text(ring: KeyRing) -> None:
    token = ring.encrypt(b"13800138000", AAD)

    assert token.startswith("v2:")
    assert b"13800138000" not in base64.urlsafe_b64decode(token.removeprefix("v2:"))
    assert ring.decrypt(token, AAD) == b"13800138000"


def test_the_order_in_the_environment_does_not_matter() -> None:
    text = f"2:{base64.b64encode(NEW).decode()}, 1:{base64.b64encode(OLD).decode()}"

    ring = KeyRing.parse(text, setting="X")

    assert (ring.newest, ring.versions) == (2, (1, 2))


def test_version_ten_is_newer_than_version_nine() -> None:
    assert KeyRing({10: OLD, 9: NEW}).newest == 10


def test_equal_texts_have_different_tokens(ring: KeyRing) -> None:
    assert ring.encrypt(b"same", AAD) != ring.encrypt(b"same", AAD)


def test_an_old_token_is_still_read(ring: KeyRing) -> None:
    token = KeyRing({1: OLD}).encrypt(b"x", AAD)

    assert ring.decrypt(token, AAD) == b"x"


def test_a_token_cannot_be_read_in_another_place(ring: KeyRing) -> None:
    token = ring.encrypt(b"x", AAD)

    with pytest.raises(Undecipherable, match="person.id_number"):
        ring.decrypt(token, b"person.id_number")


@pytest.mark.parametrize("position", [4, 20, -3])
def test_an_altered_token_is_refused_without_showing_it(ring: KeyRing, position: int) -> None:
    token = list(ring.encrypt(b"secret text", AAD))
    token[position] = "A" if token[position] != "A" else "B"

    with pytest.raises(Undecipherable) as refused:
        ring.decrypt("".join(token), AAD)

    assert refused.value.place == "person.phone"
    assert "".join(token)[4:] not in str(refused.value)


@pytest.mark.parametrize("token", ["", "plain text", "v0:AAAA", "v2:", "v2:AA==", "v2:A"])
def test_what_is_no_token_is_refused(ring: KeyRing, token: str) -> None:
    with pytest.raises(Undecipherable):
        ring.decrypt(token, AAD)


def test_a_token_of_a_removed_key_names_the_missing_version() -> None:
    token = KeyRing({1: OLD}).encrypt(b"x", AAD)

    with pytest.raises(Undecipherable, match="no version 1"):
        KeyRing({2: NEW}).decrypt(token, AAD)


def test_a_mark_depends_on_key_value_and_place(ring: KeyRing) -> None:
    mark = ring.mark(b"13800138000", b"person.phone")

    assert mark == ring.mark(b"13800138000", b"person.phone")
    assert mark.startswith("v2:")
    others = {
        ring.mark(b"13800138001", b"person.phone"),
        ring.mark(b"13800138000", b"firm.phone"),
        ring.mark(b"13800138000", b"person.phone", version=1).replace("v1", "v2"),
    }
    assert len(others) == 3
    assert mark not in others


def test_marks_are_given_for_every_live_version(ring: KeyRing) -> None:
    marks = ring.marks(b"x", AAD)

    assert [mark[:3] for mark in marks] == ["v2:", "v1:"]
    assert marks[1] == KeyRing({1: OLD}).mark(b"x", AAD)


def test_a_next_version_keeps_the_old_ones(ring: KeyRing) -> None:
    longer = ring.with_next()

    assert longer.versions == (1, 2, 3)
    assert longer.text().startswith(ring.text() + ",3:")
    assert KeyRing.parse(longer.text(), setting="X").versions == (1, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ",
        "abc",
        "0:" + base64.b64encode(OLD).decode(),
        "x:" + base64.b64encode(OLD).decode(),
        "1:not base64!",
        "1:" + base64.b64encode(b"short").decode(),
        "1:{0},1:{0}".format(base64.b64encode(OLD).decode()),
    ],
)
def test_a_malformed_ring_names_the_setting_and_the_remedy(text: str) -> None:
    with pytest.raises(KeysMisconfigured) as wrong:
        KeyRing.parse(text, setting="MINGCHA_FIELD_KEYS")

    assert wrong.value.setting == "MINGCHA_FIELD_KEYS"
    assert str(wrong.value).startswith("MINGCHA_FIELD_KEYS: ")
    assert "mingcha make-keys" in str(wrong.value)
    assert base64.b64encode(OLD).decode() not in str(wrong.value)
