"""Every page around a result, as those see it who have something to do there."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base.viewers import Officer
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.models import Correction, Inspection, Referral, ResultNotice
from mingcha.inspection.results.testing import again, recorded, submitted, tried
from mingcha.inspection.testing import goes
from mingcha.planning.testing import County


def _as(officer: Officer) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=officer.id))
    return client


def _page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"inspection:{name}", args=args))
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def _once(page: str) -> str:
    found = re.search(r'name="_once" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_from_filling_to_the_public_page_by_page(here: County, visit: Inspection) -> None:
    inspection = recorded(here, visit, result="6")
    lead, head = _as(goes(inspection)), _as(here.head)
    pk = inspection.pk

    assert "提交检查记录" in lead.get(reverse("web:home")).content.decode()
    page = _page(lead, "inspections-detail", pk)
    sent = lead.post(reverse("inspection:submit", args=[pk]), {"_once": _once(page)}, follow=True)
    assert "已提交，等待审核" in sent.content.decode()

    assert "审核检查结果" in head.get(reverse("web:home")).content.decode()
    page = _page(head, "review", pk)
    assert "九月份工资没有支付凭证" in page
    address = reverse("inspection:review-verb", args=[pk, "pass"])
    assert lead.post(address).status_code == 403
    head.post(address, {"_once": _once(page)})
    assert again(inspection).state == states.REVIEWED

    page = _page(head, "to-publish")
    assert "公示这 1 件" in page
    chosen = re.search(r'name="publications" value="([^"]+)"', page)
    assert chosen is not None
    done = head.post(
        reverse("inspection:publish-results"),
        {"publications": chosen[1]},
        follow=True,
    )
    assert "已公示 1 件检查结果" in done.content.decode()
    assert again(inspection).state == states.PUBLISHED
    paper = _page(lead, "record", pk)
    assert "<strong>发现问题待后续处理</strong>" in paper

    page = _page(lead, "inspections-detail", pk)
    lead.post(reverse("inspection:issue-result-notice", args=[pk]), {"_once": _once(page)})
    notice = ResultNotice.objects.get(inspection=inspection)
    assert "九月份工资没有支付凭证" in _page(lead, "result-notice", notice.pk)
    assert "签收人" in _page(lead, "serve-result-notice", notice.pk)


def test_a_correction_keeps_what_was_typed_and_shows_the_decider_the_difference(
    here: County, visit: Inspection
) -> None:
    inspection = submitted(here, visit, result="6")
    services.pass_review(actor=here.head, inspection=inspection)
    client = _as(goes(inspection))
    page = _page(client, "ask-correction", inspection.pk)
    point = inspection.answers.get().point_id
    item = inspection.items.get().version_id
    values = {
        "_once": _once(page),
        f"point_{point}_answer": "bad",
        f"point_{point}_facts": "十月份工资没有支付凭证",
        f"point_{point}_persons": "5",
        f"point_{point}_amount": "8200.50",
        f"item_{item}_result": "6",
        "result_category": "6",
        "result_reasons": "其他情形",
        "result_reason": "缺少上月工资支付台账",
    }
    address = reverse("inspection:ask-correction", args=[inspection.pk])

    refused = client.post(address, values | {"reason": ""})
    assert refused.status_code == 422
    assert "十月份工资没有支付凭证" in refused.content.decode()
    client.post(address, values | {"reason": "月份写错"})

    asked = Correction.objects.get(inspection=inspection)
    page = _page(_as(here.head), "corrections-detail", asked.pk)
    assert "<del>九月份工资没有支付凭证</del> → <ins>十月份工资没有支付凭证</ins>" in page
    assert "<del>3</del> → <ins>5</ins>" in page
    assert page.count("<del>") == 2


def test_letters_attempts_and_checks_have_their_pages(here: County, visit: Inspection) -> None:
    values = {"result:category": "4", "result:reason": "登记的住所查无此单位"}
    inspection = recorded(here, visit, values=values)
    lead = _as(goes(inspection))
    assert "联系的经过" not in _page(lead, "add-attempt", inspection.pk)
    for kind in ("business", "labour", "insurance"):
        assert "怎样核实" in _page(lead, "record-check", inspection.pk, kind)
    assert lead.get(reverse("inspection:record-check", args=[inspection.pk, "other"])).status_code == 404
    for back in (0, 1):
        tried(inspection, here.clock.now().date() - timedelta(days=back))
    services.submit(actor=goes(inspection), inspection=inspection)
    services.pass_review(actor=here.head, inspection=inspection)

    letter = Referral.objects.get(inspection=inspection)
    assert "登记发出" in _page(lead, "referrals-detail", letter.pk)
    assert "抄告函" in _page(lead, "referral-letter", letter.pk)
    assert "市场监管部门" in _page(lead, "send-referral", letter.pk)
    assert letter.number in lead.get(reverse("web:home")).content.decode()
    assert "大门紧锁" in _page(lead, "inspections-detail", inspection.pk)
