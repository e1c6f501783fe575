"""What a citizen finds out about a draw, in each of its states, without signing in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.base.viewers import PUBLIC
from mingcha.planning import selectors, services
from mingcha.planning.models import Draw, DrawTarget
from mingcha.planning.testing import County, draft, drawn, make_subject, revealed, sealed
from mingcha.registry.models import Subject
from mingcha.registry.services import change_subject


def page(client: Client, draw: Draw, asked: str = "") -> str:
    address = reverse("portal:draw", args=[draw.number])
    response = client.get(address, {"q": asked} if asked else {})
    assert response.status_code == 200
    return response.content.decode()


def test_a_sealed_draw_shows_its_digest_and_no_result(client: Client, county: County) -> None:
    draw = sealed(county)
    text = page(client, draw)
    assert draw.plan_digest in text
    assert "谁也不知道会抽到谁" in text
    assert "抽中的检查对象" not in text


def test_digits_that_are_being_compared_are_not_said_to_be_still_to_come(
    client: Client, county: County
) -> None:
    draw = revealed(county)
    text = page(client, draw, "示范企业01")
    assert "正在由另一人核对" in text
    assert "还没有产生" not in text


def test_returned_digits_are_public_at_once(client: Client, county: County) -> None:
    draw = revealed(county, digits="1" * 20)
    services.return_digits(actor=county.overseer, draw=draw, reason="第 3 位抄错")
    text = page(client, draw)
    assert "1" * 20 in text
    assert "第 3 位抄错" in text


def test_a_void_draw_stays_with_its_reason(client: Client, county: County) -> None:
    draw = services.void(actor=county.leader, draw=sealed(county), reason="台风停工")
    assert "台风停工" in page(client, draw)
    assert draw.number in client.get(reverse("portal:draws")).content.decode()


@pytest.mark.parametrize("kind", ["S", "R"])
def test_a_drawn_firm_and_a_reserve_are_told_so(client: Client, county: County, kind: str) -> None:
    draw = drawn(county)
    target = DrawTarget.objects.filter(draw=draw, kind=kind).earliest("seq")
    text = page(client, draw, target.roster_id)
    assert {"S": f"抽取序号 {target.seq}", "R": "候补"}[kind] in text
    assert f"{target.roster_id} | sha256sum" in text


def test_an_excluded_firm_is_told_why(client: Client, county: County) -> None:
    closed = make_subject(county.coordinator, 60, registration=Subject.Registration.SUSPENDED)
    assert "没有参加抽取：歇业" in page(client, drawn(county), closed.roster_id)


def test_an_excluded_firm_is_told_so_before_the_digits_too(client: Client, county: County) -> None:
    closed = make_subject(county.coordinator, 60, registration=Subject.Registration.SUSPENDED)
    text = page(client, sealed(county), closed.roster_id)
    assert "不参加抽取：歇业" in text
    assert "谁也不知道会不会抽到它" not in text


def test_nobody_is_sent_to_a_verifier_before_there_is_a_result(client: Client, county: County) -> None:
    draw = revealed(county)
    assert "verify.py" not in page(client, draw)
    services.confirm_digits(actor=county.overseer, draw=draw)
    assert "verify.py" in page(client, draw)


def test_a_kind_of_which_none_is_drawn_says_so(client: Client, county: County) -> None:
    other = make_subject(county.coordinator, 61, kind=Subject.Kind.COOPERATIVE, name="示范合作社")
    draw = drawn(county, kinds="enterprise,cooperative", total=1)
    text = page(client, draw, other.roster_id)
    assert "这一类本次没有抽取" in text


def test_more_firms_than_are_shown_are_counted(client: Client, county: County) -> None:
    for number in range(20, 40):
        make_subject(county.coordinator, number)
    text = page(client, drawn(county), "示范企业")
    assert "还有 10 户名称相符" in text


def test_of_many_firms_the_first_by_name_are_shown(client: Client, county: County) -> None:
    for number in range(20, 40):
        make_subject(county.coordinator, number, name=f"甲乙第{60 - number}商店")
    text = page(client, drawn(county), "甲乙第")
    assert text.index("甲乙第21商店") < text.index("甲乙第22商店") < text.index("甲乙第40商店")
    make_subject(county.coordinator, 40, name="甲乙第20商店")
    later = page(client, sealed(county), "甲乙第")
    assert "甲乙第20商店" in later
    assert "甲乙第40商店" not in later


def test_the_name_is_the_one_at_sealing(client: Client, county: County) -> None:
    draw = drawn(county)
    subject = county.subjects[0]
    values = {
        name: getattr(subject, name)
        for name in ("kind", "credit_code", "registration", "division_code", "town", "industry_code")
    }
    change_subject(actor=county.coordinator, subject=subject, values=values | {"name": "改名有限公司"})
    assert "改名有限公司" not in page(client, draw, subject.credit_code)


def test_a_draft_does_not_exist_for_a_citizen(client: Client, county: County) -> None:
    draft(county)
    assert "工资支付随机抽查" not in client.get(reverse("portal:draws")).content.decode()


@pytest.mark.parametrize("asked", ["' OR 1=1 --", "%_%", "\x00", "<script>alert(1)</script>", "长" * 5000])
def test_hostile_questions_get_a_plain_answer(client: Client, county: County, asked: str) -> None:
    text = page(client, drawn(county), asked)
    assert "<script>alert(1)" not in text
    assert "没有找到" in text


@pytest.mark.parametrize(
    "name", ["inspectors.csv", "recusals.csv", "subjects.csv", "../plan.json", "plan.json/..", "nothing"]
)
def test_files_that_are_not_public_do_not_exist(client: Client, county: County, name: str) -> None:
    draw = drawn(county)
    response = client.get(f"/open/draws/{draw.number}/files/{name}")
    assert response.status_code == 404


def test_public_files_come_byte_for_byte_and_are_never_run(client: Client, county: County) -> None:
    draw = drawn(county)
    for file in draw.files.filter(audience="public"):
        response = client.get(reverse("portal:file", args=[draw.number, file.name]))
        assert response.content == bytes(file.content)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "html" not in response["Content-Type"]


@pytest.mark.parametrize("number", ["130111-RS-2026-9999", "x"])
def test_a_number_that_was_never_given_is_a_404(client: Client, db: None, number: str) -> None:
    for name in ("draw", "bundle", "verify"):
        assert client.get(reverse(f"portal:{name}", args=[number])).status_code == 404


def test_looking_again_does_not_repeat_the_work(
    client: Client, county: County, django_assert_max_num_queries: object
) -> None:
    draw = drawn(county)
    page(client, draw, "示范企业")
    with django_assert_max_num_queries(16):
        page(client, draw, "示范企业")


def test_a_supplementary_number_and_the_first_lead_to_each_other(client: Client, county: County) -> None:
    first, second = drawn(county), drawn(county)
    Draw.objects.filter(pk=second.pk).update(supplements=first)
    assert f'href="{reverse("portal:draw", args=[second.number])}"' in page(client, first)
    assert f'href="{reverse("portal:draw", args=[first.number])}"' in page(client, second)


def test_the_server_refuses_names_other_than_the_sealed_ones(
    client: Client, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = drawn(county)
    address = reverse("portal:verify-on-server", args=[draw.number])
    assert "一致 MATCH" in client.get(address).content.decode()
    files = selectors.files_for(draw, PUBLIC)
    files["evidence/names.csv"] = files["evidence/names.csv"].replace("示范".encode(), "别的".encode(), 1)
    monkeypatch.setattr(selectors, "files_for", lambda draw, viewer: files)
    text = client.get(address).content.decode()
    assert "不合规范 REJECTED" in text
    assert "REJECTED: names-digest" in text
