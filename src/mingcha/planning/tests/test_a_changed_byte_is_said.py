"""Whatever is changed in what was published, the check says so: roster, value, result, plan (§5.2)."""

from __future__ import annotations

import json

import pytest

from mingcha.base.viewers import PUBLIC
from mingcha.kernel import draw as ssj
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.refusal import Refused
from mingcha.planning import selectors, services
from mingcha.planning.models import Draw, DrawTarget, RegisterLine
from mingcha.planning.testing import County, drawn, revealed, sealed

LOTTERY = "02.05.11.14.19.23.27.31.36.40.44.47.52.55.58.63.66.70.74.79"


def outcome(files: dict[str, bytes], digest: str) -> str:
    """The code of a rejection, MATCH or MISMATCH."""
    try:
        return "MATCH" if ssj.verify(files, digest).match else "MISMATCH"
    except ssj.Rejected as rejected:
        return rejected.code


def opened_lottery(county: County) -> Draw:
    """A sealed draw by the lottery, opened after its visits."""
    draw = revealed(county, LOTTERY, mode=Draw.Mode.SEALED, source="kl8", source_issue="2026198")
    draw = services.confirm_digits(actor=county.overseer, draw=draw)
    county.clock.advance(days=60)
    return services.open_result(actor=county.coordinator, draw=draw)


@pytest.mark.parametrize("made", [drawn, opened_lottery], ids=["open, dice", "sealed, lottery"])
@pytest.mark.parametrize("name", ["plan.json", "roster.csv", "entropy.json", "result.csv"])
def test_no_byte_of_a_decisive_file_can_be_changed(county: County, name: str, made: object) -> None:
    draw = made(county)
    # Citizens cannot check who was sent; whoever holds the whole bundle checks every byte.
    files = selectors.files_for(draw, county.overseer)
    assert outcome(files, draw.plan_digest) == "MATCH"
    content = files[name]
    for place in range(len(content)):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        assert outcome(files | {name: changed}, draw.plan_digest) != "MATCH", (name, place)


def test_the_names_are_sealed_with_the_plan(county: County) -> None:
    draw = sealed(county)
    names = selectors.file_content(draw, "evidence/names.csv", PUBLIC)
    plan = json.loads(selectors.files_for(draw, PUBLIC)["plan.json"])
    assert plan["names_sha256"] == hex_digest(names or b"")


def test_another_value_of_the_right_form_gives_another_result(county: County) -> None:
    draw = drawn(county)
    files = selectors.files_for(draw, PUBLIC)
    other = files["entropy.json"].replace(draw.digits.encode(), draw.digits[::-1].encode())
    assert outcome(files | {"entropy.json": other}, draw.plan_digest) == "MISMATCH"


def test_the_plan_of_another_day_is_said_to_be_another_plan(county: County) -> None:
    first, second = drawn(county), sealed(county, items="乙")
    assert outcome(selectors.files_for(first, PUBLIC), second.plan_digest) == "plan-digest"


def test_a_plan_that_is_not_the_announced_one_is_not_drawn_from(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = revealed(county)
    line = RegisterLine.objects.get(event="冻结")
    real = selectors.files_for

    def exchanged(draw: Draw, viewer: object) -> dict[str, bytes]:
        files = real(draw, viewer)
        return files | {"plan.json": files["plan.json"].replace(b'"reserve_pct":50', b'"reserve_pct":51')}

    monkeypatch.setattr(selectors, "files_for", exchanged)
    with pytest.raises(Refused) as raised:
        services.confirm_digits(actor=county.overseer, draw=draw)
    assert raised.value.codes == ("draw.frozen_changed",)
    assert draw.plan_digest in line.line
    assert not DrawTarget.objects.exists()
