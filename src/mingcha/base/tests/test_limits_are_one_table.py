from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from mingcha.base import limits
from mingcha.base.limits import LIMITS, MIB, check, limit
from mingcha.kernel.refusal import Refused


def test_the_values_as_delivered() -> None:
    assert limit("upload_bytes") == 20 * MIB
    assert limit("photo_bytes") == 40 * MIB
    assert limit("import_rows") == 1_000_000
    assert limit("import_columns") == 500
    assert limit("zip_ratio") == 100


def test_up_to_the_limit_is_allowed_and_one_more_refused() -> None:
    check("import_rows", 1_000_000)

    with pytest.raises(Refused) as refused:
        check("import_rows", 1_000_001)

    assert refused.value.codes == ("limit.import_rows",)
    text = refused.value.text()
    assert "导入行数为 1,000,001 行，超过上限 1,000,000 行" in text
    assert "请拆成几个文件分次导入" in text


def test_bytes_are_shown_as_people_read_them() -> None:
    with pytest.raises(Refused, match=r"25\.5 MiB，超过上限 20 MiB"):
        check("upload_bytes", 25 * MIB + MIB // 2)


def test_one_byte_too_many_is_not_shown_as_equal() -> None:
    with pytest.raises(Refused, match=r"20\.1 MiB，超过上限 20 MiB"):
        check("upload_bytes", 20 * MIB + 1)


def test_every_refusal_can_be_shown() -> None:
    for row in LIMITS.values():
        with pytest.raises(Refused) as refused:
            check(row.code, row.effective + 1)
        assert row.label in refused.value.text()


def test_every_limit_is_asked_somewhere() -> None:
    """A limit that no code names is a promise that nobody keeps; the framework keeps those of `setting`."""
    package = Path(limits.__file__).parents[1]
    files = [path for path in package.rglob("*.py") if "tests" not in path.parts and path.name != "limits.py"]
    code = "\n".join(path.read_text() for path in files)
    assert [row.code for row in LIMITS.values() if not row.setting and f'"{row.code}"' not in code] == []


def test_the_environment_replaces_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_ZIP_ENTRIES", "3")

    check("zip_entries", 3)
    with pytest.raises(Refused):
        check("zip_entries", 4)


@pytest.mark.parametrize("wrong", ["0", "-1", "ten", "1.5", "１０MiB"])
def test_a_malformed_replacement_is_found_at_start_up(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_ZIP_ENTRIES", wrong)

    with pytest.raises(ImproperlyConfigured, match="MINGCHA_LIMIT_ZIP_ENTRIES"):
        limit("zip_entries")
    assert [error.id for error in run_checks() if "ZIP_ENTRIES" in error.msg] == ["mingcha.base.E005"]


def test_a_misspelt_variable_is_found_at_start_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_PDF_PAGE", "3")

    assert [error.id for error in limits.check_limits()] == ["mingcha.base.E006"]


def test_what_the_framework_enforces_is_read_from_its_setting(settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 123
    settings.AXES_FAILURE_LIMIT = 4

    assert limit("form_bytes") == 123
    assert limit("login_failures") == 4
    assert LIMITS["login_failures"].env == "MINGCHA_LOCKOUT_FAILURES"


def test_delivered_values_of_settings_agree_with_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    for row in LIMITS.values():
        if row.setting:
            assert row.value == getattr(settings, row.setting), row.code


def test_every_row_says_what_why_and_where(monkeypatch: pytest.MonkeyPatch) -> None:
    for code, row in LIMITS.items():
        assert code == row.code
        assert row.label
        assert row.unit
        assert row.source
        assert row.remedy or row.setting
        assert row.value >= 1
