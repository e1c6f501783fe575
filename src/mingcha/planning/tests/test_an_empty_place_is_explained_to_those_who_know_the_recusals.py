"""Why a firm lacks people, and what the chains did: with names, and for two roles only (SSJ-1 §7.7)."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC
from mingcha.kernel.draw import chain_sentence, reveal
from mingcha.planning import selectors, services
from mingcha.planning.models import Draw, DrawTarget
from mingcha.planning.pairing_explained import explained
from mingcha.planning.testing import WITNESSES, County, drawn, make_inspector, sealed
from mingcha.registry.models import Specialty
from mingcha.registry.services import declare_recusal


def specialists(county: County, *names: str) -> Specialty:
    """A specialty that only these newcomers have."""
    specialty = Specialty.objects.visible_to(county.coordinator).first()
    assert specialty is not None
    unit = county.inspectors[0].unit
    for number, name in enumerate(names, start=80):
        make_inspector(county.coordinator, number, unit, name=name, specialties=[specialty])
    return specialty


def short(county: County) -> Draw:
    """Three firms need a specialist; the only one may visit two of them."""
    return drawn(county, specialty=specialists(county, "钱专长"), capacity=2)


def recuse_everybody_but_first(county: County) -> None:
    for subject in county.subjects:
        for inspector in county.inspectors[1:]:
            declare_recusal(
                actor=county.coordinator,
                values={
                    "subject": subject, "inspector": inspector, "kind": "other", "basis": "测试",
                    "valid_from": date(2026, 1, 1), "valid_until": None,
                },
            )  # fmt: skip


def page(client: Client, user: User, draw: Draw) -> str:
    response = sign_in(client, user).get(reverse("planning:draws-detail", args=[draw.pk]))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def test_the_proof_names_who_is_full_who_cannot_step_in_and_who_would_help(county: County) -> None:
    draw = short(county)
    story = explained(draw, county.coordinator)
    assert story is not None
    (shortage,) = story.shortages
    last = DrawTarget.objects.visible_to(county.overseer).get(draw=draw, kind="S", seq=3)
    assert shortage.headline.startswith(f"第 3 号“{last.name}”缺 2 人：这 1 个人（钱专长 I")
    assert "至少有 3 户次只能由这 1 个人去，而他们的上限合计只有 2 户次" in shortage.proof
    assert len(shortage.others) == 4
    for person in county.inspectors:
        (line,) = [line for line in shortage.others if line.startswith(f"{person.name} I")]
        assert line.endswith(f"：没有所需的“{draw.specialty}”专长")
    assert shortage.way_out == f"需要至少 1 名具有“{draw.specialty}”专长、与该户无回避关系的人员。"
    assert "至少需要再有 1 名人员" in story.total
    assert "补充编号" in story.total


def test_a_recusal_is_named_as_the_reason_and_no_specialty_asked_for_where_none_is_needed(
    county: County,
) -> None:
    recuse_everybody_but_first(county)
    story = explained(drawn(county), county.overseer)
    assert story is not None
    assert len(story.shortages) == 3
    for shortage in story.shortages:
        assert shortage.headline.endswith("缺 1 人：没有一个人可派。")
        reasons = sorted(line.partition("：")[2] for line in shortage.others)
        assert reasons == ["与该户有回避关系"] * 3 + ["已在本组"] * 1
        assert shortage.way_out == "需要至少 1 名与该户无回避关系的人员。"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OVERSEER])
def test_coordinator_and_overseer_read_it_on_the_page_of_the_draw(
    client: Client, county: County, role: Role
) -> None:
    draw = short(county)
    text = page(client, make_officer(role), draw)
    assert "没有配足人员的检查对象" in text
    assert "这 1 个人（钱专长 I" in text
    assert "只能由这 1 个人去" in text
    assert "可向市局借调或补充授权" in text


@pytest.mark.parametrize("role", [Role.SECTION_HEAD, Role.BUREAU_LEADER])
def test_other_readers_of_the_draw_see_that_people_are_missing_and_not_why(
    client: Client, county: County, role: Role
) -> None:
    recuse_everybody_but_first(county)
    draw = drawn(county)
    text = page(client, make_officer(role), draw)
    assert "人员不足，须补充后另行抽取" in text
    assert "回避关系" not in text
    assert "没有配足人员的检查对象" not in text


def test_nobody_else_is_told_anything(county: County) -> None:
    draw = short(county)
    inspector = as_officer(make_officer(Role.INSPECTOR))
    for viewer in (county.head, county.leader, inspector, PUBLIC):
        assert explained(draw, viewer) is None


def test_every_chain_is_told_with_the_names_of_people_and_firms(client: Client, county: County) -> None:
    draw = sealed(county, specialty=specialists(county, "钱专长", "孙专长"), capacity=2)
    county.clock.advance(minutes=31)
    frozen = selectors.files_for(draw, county.overseer)
    # Who has which code is new in every draw, so digits that need a chain are looked for.
    digits = next(d for n in range(1000) if _needs_a_chain(frozen, d := f"{n:020d}"))
    draw = services.enter_digits(actor=county.coordinator, draw=draw, digits=digits, witnesses=WITNESSES)
    draw = services.confirm_digits(actor=county.overseer, draw=draw)
    story = explained(draw, county.overseer)
    assert story is not None
    assert re.search(r"\w+ I\d{3} 把第 \d 号“示范企业\d\d有限公司”交给 \w+ I\d{3}", story.chains[0])
    text = page(client, make_officer(Role.OVERSEER), draw)
    assert all(chain in text for chain in story.chains)


def _needs_a_chain(frozen: dict[str, bytes], digits: str) -> bool:
    pairing = reveal(frozen, [digits]).draw.pairing
    return pairing is not None and bool(pairing.chains)


def test_codes_stand_where_no_name_is_known() -> None:
    record = {"kind": "拉平", "moves": [{"from": "I002", "seq": 10, "to": "I003"}]}
    assert chain_sentence(record) == "拉平：I002 的户数比 I003 多，由 I002 把第 10 号交给 I003。"
