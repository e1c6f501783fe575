from collections.abc import Callable

from django.core.checks import run_checks

from mingcha.base.crypto.tests.conftest import INDEX_1, KEY_1

Put = Callable[[str, str], None]


def found() -> dict[str, str]:
    return {
        str(m.id): str(m.msg) for m in run_checks(tags=["security"]) if str(m.id).startswith("mingcha.base")
    }


def test_good_rings_pass(rings: Put) -> None:
    assert found() == {}


def test_an_empty_ring_is_named_with_its_remedy(rings: Put) -> None:
    rings("", f"1:{INDEX_1}")

    message = found()["mingcha.base.E001"]

    assert "MINGCHA_FIELD_KEYS" in message
    assert "mingcha make-keys" in message


def test_the_index_ring_is_checked_too(rings: Put) -> None:
    rings(f"1:{KEY_1}", "1:zzz")

    assert "MINGCHA_INDEX_KEYS" in found()["mingcha.base.E001"]


def test_the_rings_may_not_share_a_key(rings: Put) -> None:
    rings(f"1:{KEY_1}", f"1:{INDEX_1},2:{KEY_1}")

    assert "mingcha.base.E004" in found()
