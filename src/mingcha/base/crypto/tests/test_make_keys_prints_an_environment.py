import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mingcha.base.crypto import make_keys
from mingcha.base.crypto.keys import KeyRing


def parsed(lines: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in lines.strip().splitlines())


def test_it_runs_without_any_setting() -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("MINGCHA", "DJANGO"))}
    bare["PYTHONPATH"] = str(Path(make_keys.__file__).parents[3])

    run = subprocess.run(
        [sys.executable, "-m", "mingcha.base.crypto.make_keys"],
        env=bare,
        capture_output=True,
        text=True,
        check=True,
    )

    lines = parsed(run.stdout)
    assert set(lines) == {"MINGCHA_SECRET_KEY", "MINGCHA_FIELD_KEYS", "MINGCHA_INDEX_KEYS"}
    assert len(lines["MINGCHA_SECRET_KEY"]) >= 50
    field = KeyRing.parse(lines["MINGCHA_FIELD_KEYS"], setting="f")
    index = KeyRing.parse(lines["MINGCHA_INDEX_KEYS"], setting="i")
    assert field.versions == index.versions == (1,)
    assert not field.shares_a_key_with(index)


def test_every_run_draws_other_keys() -> None:
    assert make_keys.new_lines() != make_keys.new_lines()


def test_next_appends_to_the_present_rings(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    present = KeyRing({4: b"x" * 32}).text()
    monkeypatch.setenv("MINGCHA_FIELD_KEYS", present)

    call_command("make_keys", "--next")

    lines = parsed(capsys.readouterr().out)
    assert set(lines) == {"MINGCHA_FIELD_KEYS", "MINGCHA_INDEX_KEYS"}
    assert lines["MINGCHA_FIELD_KEYS"].startswith(present + ",5:")
    assert KeyRing.parse(lines["MINGCHA_INDEX_KEYS"], setting="i").versions == (1, 2)


def test_next_without_present_rings_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.delenv("MINGCHA_INDEX_KEYS")

    with pytest.raises(CommandError):
        call_command("make_keys", "--next")

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "MINGCHA_INDEX_KEYS" in printed.err
