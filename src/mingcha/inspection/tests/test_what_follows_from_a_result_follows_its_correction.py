"""After a correction: attempts and checks, letters to others, the notice to the firm say what holds now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.basics.models import Deadline
from mingcha.inspection import services
from mingcha.inspection.models import AbnormalCheck, Inspection, Referral
from mingcha.inspection.results.papers import notice_paper
from mingcha.inspection.results.record import changes, current, record_of
from mingcha.inspection.results.testing import (
    a_paper,
    again,
    corrected,
    decide,
    published,
    recorded,
    reviewed,
    tried,
    waiting,
)
from mingcha.inspection.results.waiting import to_serve
from mingcha.inspection.services import Figures
from mingcha.inspection.testing import goes
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County

UNREACHABLE = {"result:category": "4", "result:reason": "登记的住所查无此单位"}
WHY = "重新核对了送达回执和参保数据"


def _today(county: County) -> date:
    return county.clock.now().date()


def _unreachable(county: County, visit: Inspection) -> Inspection:
    """Reviewed: tried twice, market supervision has a letter drafted."""
    inspection = recorded(county, visit, values=UNREACHABLE)
    for back in (0, 1):
        tried(inspection, _today(county) - timedelta(days=back))
    services.submit(actor=goes(inspection), inspection=inspection)
    services.pass_review(actor=county.head, inspection=inspection)
    return again(inspection)


def _owing(county: County, visit: Inspection) -> Inspection:
    """Reviewed: contributions of 1,200 yuan are owed, the tax authority has a letter drafted."""
    inspection = recorded(county, visit, result="6")
    services.record_check(
        actor=goes(inspection),
        inspection=inspection,
        kind="insurance",
        reason="欠缴社会保险费",
        figures=Figures(people=12, insured=10, arrears=120_000),
        explanation="资金周转困难",
        verified="核对了申报和缴费记录",
        conclusion="confirmed",
    )
    services.submit(actor=goes(inspection), inspection=inspection)
    services.pass_review(actor=county.head, inspection=inspection)
    return again(inspection)


def _sent(county: County, letter: Referral) -> Referral:
    return services.send(
        actor=county.coordinator, referral=letter, to_name=letter.to_name, on=_today(county), how="paper"
    )


def test_an_attempt_is_corrected_struck_and_added_with_its_proof(here: County, visit: Inspection) -> None:
    inspection = _unreachable(here, visit)
    before = record_of(current(inspection))
    first, second = (one["id"] for one in before.attempts)
    today = _today(here).isoformat()
    proposed = {
        f"attempt:{first}:outcome": "门已上锁，村委会证明已搬走",
        f"attempt:{second}:struck": True,
        "attempt:new1:day": today,
        "attempt:new1:way": "letter",
        "attempt:new1:outcome": "挂号信退回，查无此人",
    }

    def ask(**more: Any) -> Any:
        return services.ask_correction(
            actor=goes(inspection), inspection=inspection, proposed=proposed, reason=WHY, **more
        )

    with pytest.raises(Refused) as refused:
        ask()
    assert "凭证要写全" in refused.value.refusals[0].shown("message")
    asked = ask(proofs={"new1": a_paper("退件.pdf", b"letter")})
    decide(here, asked)

    record = record_of(current(inspection))
    assert [(one["day"], one["way"]) for one in record.attempts] == [
        ((_today(here) - timedelta(days=1)).isoformat(), "visit"),
        (today, "letter"),
    ]
    rows = list(inspection.attempts.order_by("pk"))
    assert [str(row.pk) for row in rows] == [one["id"] for one in record.attempts]
    assert rows[0].outcome == "门已上锁，村委会证明已搬走"
    assert rows[1].proof.sha256 == record.attempts[1]["sha256"]
    told = {(one.changes[0].before, one.changes[0].after) for one in changes(before, record).changed}
    assert ("", "挂号信退回，查无此人") in told
    assert ("实地走访", "") in told


def test_a_check_that_was_not_made_before_is_part_of_the_correction(here: County, visit: Inspection) -> None:
    inspection = reviewed(here, visit, result="6")
    about = "check:insurance:"
    proposed = {
        f"{about}reason": "欠缴社会保险费",
        f"{about}arrears": 98_000,
        f"{about}explanation": "未作说明",
        f"{about}verified": "核对了申报和缴费记录",
    }

    with pytest.raises(Refused) as refused:
        services.ask_correction(actor=goes(inspection), inspection=inspection, proposed=proposed, reason=WHY)
    assert "结论要写全" in refused.value.refusals[0].shown("message")
    corrected(here, inspection, {**proposed, f"{about}conclusion": "confirmed"}, WHY)

    check = AbnormalCheck.objects.get(inspection=inspection)
    assert (check.arrears, check.confirmed) == (98_000, True)
    letter = Referral.objects.get(inspection=inspection)
    assert (letter.to, letter.state) == ("tax", "drafted")
    assert "980.00" in letter.matter


def test_a_drafted_letter_is_drawn_up_anew_and_dropped_when_nothing_is_to_be_told(
    here: County, visit: Inspection
) -> None:
    inspection = _owing(here, visit)
    letter = Referral.objects.get(inspection=inspection)
    assert "1,200.00" in letter.matter

    corrected(here, inspection, {"check:insurance:arrears": 90_000}, WHY)
    letter.refresh_from_db()
    assert (letter.state, "900.00" in letter.matter) == ("drafted", True)

    corrected(here, inspection, {"check:insurance:arrears": 0}, WHY)
    letter.refresh_from_db()
    assert letter.state == "dropped"
    assert Referral.objects.count() == 1


def test_a_sent_letter_is_followed_by_another_on_somebodys_list(here: County, visit: Inspection) -> None:
    inspection = _owing(here, visit)
    letter = _sent(here, Referral.objects.get(inspection=inspection))

    corrected(here, inspection, {"check:insurance:arrears": 0}, WHY)

    following = Referral.objects.get(follows=letter)
    assert (following.state, following.to_name) == ("drafted", letter.to_name)
    assert following.matter == "检查结果更正以后，不再涉及贵部门职责"
    client = Client()
    sign_in(client, User.objects.get(pk=here.coordinator.id))
    home = client.get(reverse("web:home")).content.decode()
    assert f"发出更正告知函 {following.number}" in home
    page = client.get(reverse("inspection:referral-letter", args=[following.pk])).content.decode()
    assert "更正告知函" in page and letter.number in page and "1,200.00" in page
    _sent(here, following)
    letter.refresh_from_db()
    assert letter.state == "replaced"
    terms = Deadline.objects.filter(rule__code="REFERRAL_FEEDBACK")
    assert {(one.thing_id, one.state) for one in terms} == {(letter.pk, "met"), (following.pk, "running")}


def test_what_was_told_and_is_so_again_needs_no_letter(here: County, visit: Inspection) -> None:
    inspection = _owing(here, visit)
    _sent(here, Referral.objects.get(inspection=inspection))
    corrected(here, inspection, {"check:insurance:arrears": 90_000}, WHY)
    assert Referral.objects.filter(state="drafted").count() == 1

    corrected(here, inspection, {"check:insurance:arrears": 120_000}, "前次更正有误，恢复原数")

    assert not Referral.objects.filter(state="drafted").exists()


def test_the_firm_is_told_again_and_the_old_notice_is_served_no_more(here: County, visit: Inspection) -> None:
    inspection = published(here, visit, result="6")
    lead, today = goes(inspection), _today(here)
    old = services.issue_result_notice(actor=lead, inspection=inspection)
    assert [one.pk for one in to_serve(here.coordinator)] == [inspection.pk]
    services.serve_result_notice(actor=lead, notice=old, on=today, how="direct", receiver="王经理")
    assert not to_serve(here.coordinator).exists()

    here.clock.advance(days=2)
    corrected(here, inspection, {"result:reason": "缺少九月份工资支付台账"}, WHY)

    assert [one.pk for one in to_serve(here.coordinator)] == [inspection.pk]
    new = services.issue_result_notice(actor=lead, inspection=inspection)
    assert new.pk != old.pk
    assert notice_paper(old).published_on == today
    assert notice_paper(new).published_on is None
    here.clock.advance(days=1)
    services.publish_results(actor=here.head, publications=waiting())
    assert notice_paper(new).published_on == today + timedelta(days=3)
    assert notice_paper(old).published_on == today
    services.serve_result_notice(actor=lead, notice=new, on=_today(here), how="direct", receiver="王经理")
    assert not to_serve(here.coordinator).exists()


def test_a_notice_of_what_was_corrected_is_refused_at_service(here: County, visit: Inspection) -> None:
    inspection = reviewed(here, visit, result="6")
    notice = services.issue_result_notice(actor=goes(inspection), inspection=inspection)
    corrected(here, inspection, {"result:reason": "缺少九月份工资支付台账"}, WHY)

    with pytest.raises(Refused) as refused:
        services.serve_result_notice(
            actor=goes(inspection), notice=notice, on=_today(here), how="direct", receiver="王经理"
        )

    assert refused.value.codes == ("result_notice.superseded",)
    client = Client()
    sign_in(client, User.objects.get(pk=here.coordinator.id))
    page = client.get(reverse("inspection:result-notice", args=[notice.pk])).content.decode()
    assert "结果已经更正" in page and "登记送达" not in page
