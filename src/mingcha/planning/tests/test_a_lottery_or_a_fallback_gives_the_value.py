"""快乐8 of a coming issue, and the source named beforehand in case it fails (SSJ-1 §5.1, §5.2, §7.3)."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.base.viewers import PUBLIC
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.draw import first_gap
from mingcha.kernel.refusal import Refused
from mingcha.planning import lifecycle, selectors, services
from mingcha.planning.forms import DigitsForm, DrawForm
from mingcha.planning.models import Draw, DrawFile, RegisterLine
from mingcha.planning.testing import DIGITS, WITNESSES, County, draft, sealed

NUMBERS = "02.05.11.14.19.23.27.31.36.40.44.47.52.55.58.63.66.70.74.79"
LOTTERY: dict[str, Any] = {"source": "kl8", "source_issue": "2026198"}


def with_fallback(county: County, **values: Any) -> Draw:
    """Sealed with the lottery; dice the day after if it fails."""
    second = {"fallback_source": "dice", "fallback_at": county.clock.now() + timedelta(hours=20)}
    return sealed(county, **(LOTTERY | second | values))


def verified(draw: Draw, folder: Path, digest: str) -> tuple[int, str]:
    with zipfile.ZipFile(io.BytesIO(selectors.bundle_zip(draw, PUBLIC))) as archive:
        archive.extractall(folder)
    command = [sys.executable, "-I", "verify.py", ".", f"plan={digest}"]
    place = folder / f"draw-{draw.number}"
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout or done.stderr).splitlines()[-1]


def test_the_plan_names_the_issue_and_a_stranger_repeats_the_draw(county: County, tmp_path: Path) -> None:
    draw = sealed(county, **LOTTERY)
    county.clock.advance(minutes=31)
    services.enter_digits(actor=county.coordinator, draw=draw, digits=NUMBERS, witnesses=WITNESSES)
    draw = services.confirm_digits(actor=county.overseer, draw=draw)
    plan = json.loads(selectors.files_for(draw, PUBLIC)["plan.json"])
    assert (plan["entropy"][0]["name"], plan["entropy"][0]["issue"]) == ("kl8", "2026198")
    assert verified(draw, tmp_path, draw.plan_digest) == (0, "MATCH")


def test_numbers_may_be_typed_in_any_order_and_are_kept_ascending() -> None:
    typed = {f"d{n}": ball.lstrip("0") for n, ball in enumerate(reversed(NUMBERS.split(".")), start=1)}
    form = DigitsForm(typed | {"w1_name": "张甲", "w1_role": "enterprise"}, source="kl8")
    assert form.is_valid(), form.errors
    assert form.digits() == NUMBERS


@pytest.mark.parametrize("wrong", ["81", "0", "02", "x"])
def test_a_number_that_the_lottery_does_not_have_is_said_with_its_box(wrong: str) -> None:
    typed = {f"d{n}": ball for n, ball in enumerate(NUMBERS.split("."), start=1)} | {"d7": wrong}
    form = DigitsForm(typed | {"w1_name": "张甲", "w1_role": "enterprise"}, source="kl8")
    assert not form.is_valid()
    assert {"d7", "d1"} & set(form.errors)


@pytest.mark.parametrize(
    "value", [DIGITS, NUMBERS[3:], NUMBERS.replace("79", "74"), NUMBERS.replace("79", "81")]
)
def test_a_value_that_does_not_fit_the_source_is_refused(county: County, value: str) -> None:
    draw = sealed(county, **LOTTERY)
    county.clock.advance(minutes=31)
    with pytest.raises(Refused) as raised:
        services.enter_digits(actor=county.coordinator, draw=draw, digits=value, witnesses=WITNESSES)
    assert raised.value.codes == ("draw.digits_malformed",)
    draw.refresh_from_db()
    assert draw.state == lifecycle.SEALED


def test_a_lottery_without_its_issue_is_not_sealed(county: County) -> None:
    plan = draft(county, source="kl8")
    with pytest.raises(Refused) as raised:
        services.seal(actor=county.coordinator, draw=plan)
    assert "draw.issue_is_named" in raised.value.codes


@pytest.mark.parametrize(
    "second",
    [
        {"fallback_source": "dice", "fallback_at": None},
        {"fallback_source": "dice", "hours": -1},
        {"fallback_source": "kl8", "fallback_issue": "2026198", "hours": 20},
        {"fallback_source": "dice", "hours": 24 * 9},
    ],
)
def test_a_fallback_that_is_no_fallback_is_not_sealed(county: County, second: dict[str, Any]) -> None:
    values = dict(second)
    if "hours" in values:
        values["fallback_at"] = county.clock.now() + timedelta(hours=values.pop("hours"))
    plan = draft(county, **(LOTTERY | values))
    with pytest.raises(Refused) as raised:
        services.seal(actor=county.coordinator, draw=plan)
    assert "draw.fallback_follows" in raised.value.codes


def test_the_first_plan_commits_to_the_fallback_and_they_differ_in_the_source_alone(county: County) -> None:
    draw = with_fallback(county)
    files = {file.name: bytes(file.content) for file in DrawFile.objects.visible_to(PUBLIC)}
    first, second = json.loads(files["plan.json"]), json.loads(files["plan-fallback.json"])
    assert first["fallback"]["plan_sha256"] == hex_digest(files["plan-fallback.json"]) == draw.fallback_digest
    assert {key for key in first if first[key] != second.get(key)} == {"entropy", "fallback"}
    assert draw.fallback_digest in RegisterLine.objects.get(event="冻结").line


def test_the_fallback_is_taken_by_a_second_person_with_a_reason_and_verifies(
    client: Client, county: County, tmp_path: Path
) -> None:
    draw = with_fallback(county)
    county.clock.advance(minutes=31)
    with pytest.raises(Refused):
        services.use_fallback(actor=county.coordinator, draw=draw, reason="停开")
    with pytest.raises(Refused):
        services.use_fallback(actor=county.leader, draw=draw, reason=" ")
    draw = services.use_fallback(actor=county.leader, draw=draw, reason="当期快乐8延期开奖")
    assert "当期快乐8延期开奖" in client.get(reverse("portal:draw", args=[draw.number])).content.decode()
    with pytest.raises(Refused):
        services.enter_digits(actor=county.coordinator, draw=draw, digits=DIGITS, witnesses=WITNESSES)
    county.clock.advance(hours=20)
    services.enter_digits(actor=county.coordinator, draw=draw, digits=DIGITS, witnesses=WITNESSES)
    draw = services.confirm_digits(actor=county.overseer, draw=draw)
    assert verified(draw, tmp_path, draw.fallback_digest) == (0, "MATCH")
    assert "当期快乐8延期开奖" in RegisterLine.objects.get(event="熵源").line
    assert first_gap(selectors.register_jsonl()) is None
    kept = selectors.files_for(draw, PUBLIC)["plan-first.json"]
    assert hex_digest(kept) == draw.plan_digest


def test_nobody_chooses_between_two_results_that_are_known(county: County) -> None:
    draw = with_fallback(county)
    county.clock.advance(hours=21)
    with pytest.raises(Refused) as raised:
        services.use_fallback(actor=county.leader, draw=draw, reason="想要另一个结果")
    assert raised.value.codes == ("draw.fallback_is_still_to_come",)


def test_the_form_asks_for_the_issue_and_for_the_moment_of_the_fallback() -> None:
    form = DrawForm(
        {"source": "kl8", "fallback_source": "dice", "visit_from": date(2026, 12, 1), "mode": "open"}
    )
    assert not form.is_valid()
    assert {"source_issue", "fallback_at"} <= set(form.errors)
