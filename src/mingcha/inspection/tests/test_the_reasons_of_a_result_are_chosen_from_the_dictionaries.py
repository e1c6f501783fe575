"""Sub-reasons are chosen, not only written: they ask for their check and can be counted (domain §2.5)."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base.viewers import Officer
from mingcha.inspection import services
from mingcha.inspection.desk.forms import RecordForm
from mingcha.inspection.form.fields import layout_of
from mingcha.inspection.models import Inspection
from mingcha.inspection.results.reasons import OTHER, dictionaries
from mingcha.inspection.results.record import current, record_of
from mingcha.inspection.results.testing import again, corrected, recorded, submitted
from mingcha.inspection.testing import goes, wrote
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County

UNINSURED = "应参保未参保"


def _page(officer: Officer, inspection: Inspection, name: str) -> str:
    client = sign_in(Client(), User.objects.get(pk=officer.id))
    return client.get(reverse(f"inspection:{name}", args=[inspection.pk])).content.decode()


def test_a_reason_that_was_chosen_asks_for_its_check_however_it_is_worded(
    here: County, visit: Inspection
) -> None:
    values = {"result:reasons": UNINSURED, "result:reason": "有三个人没上社保"}
    inspection = recorded(here, visit, result="6", values=values)

    with pytest.raises(Refused) as refused:
        services.submit(actor=goes(inspection), inspection=inspection)
    assert "结果的情形属于社保异常，要先登记核查情况" in str(refused.value)


def test_a_result_with_a_dictionary_is_not_submitted_without_a_choice(
    here: County, visit: Inspection
) -> None:
    inspection = recorded(here, visit, result="6", values={"result:reasons": None})
    with pytest.raises(Refused) as refused:
        services.submit(actor=goes(inspection), inspection=inspection)
    assert "没有选“发现问题待后续处理”的情形；列出的都不符合的，选“其他情形”" in str(refused.value)

    wrote(inspection, goes(inspection), {"result:reasons": OTHER})
    services.submit(actor=goes(inspection), inspection=inspection)
    assert again(inspection).result_reasons == OTHER


def test_words_of_another_result_are_not_frozen_and_those_no_dictionary_has_any_more_stay(
    here: County, visit: Inspection
) -> None:
    values = {"result:reasons": f"拒绝提供材料\n{OTHER}"}
    inspection = submitted(here, visit, result="6", values=values)

    assert record_of(current(inspection)).reasons == (OTHER,)
    assert again(inspection).result_reasons == OTHER
    assert f"　{OTHER}　缺少上月工资支付台账" in _page(here.head, inspection, "record")
    known = dictionaries()
    assert known.fitting("6", ["早先的情形", UNINSURED, "拒绝提供材料"]) == ("早先的情形", UNINSURED)
    assert known.fitting("1", ["早先的情形", UNINSURED]) == ()


def test_a_reason_that_was_only_written_still_asks_for_its_check(here: County) -> None:
    known = dictionaries()
    assert known.checks_asked_by("6", "应参保未参保 3 人", (OTHER,)) == ("insurance",)
    assert known.checks_asked_by("6", "三个人没上社保", (OTHER,)) == ()
    assert all(words[-1] == OTHER for words in known.by_result().values())


def test_a_correction_to_another_result_lets_go_of_reasons_that_are_not_its_own(
    here: County, visit: Inspection
) -> None:
    inspection = submitted(here, visit, result="6")
    services.pass_review(actor=here.head, inspection=inspection)
    point, item = inspection.answers.get().point_id, inspection.items.get().version_id
    proposed = {
        "result:category": "1",
        "result:reason": None,
        f"item:{item}:result": "1",
        f"point:{point}:answer": "ok",
    }
    asked = corrected(here, inspection, proposed, "台账后来找到了")
    assert asked.record is not None
    assert record_of(asked.record).reasons == ()
    assert again(inspection).result_reasons == ""


def test_the_form_at_the_desk_shows_what_was_ticked_and_keeps_what_was_typed(
    here: County, visit: Inspection
) -> None:
    inspection = recorded(here, visit, result="6")
    standing = {"result:reasons": f"早先的情形\n{OTHER}"}
    values = {"layout": layout_of(inspection), "standing": standing, "seen": 0, "scanned": True}
    form = RecordForm(**values)
    assert form["result-reasons"].value() == ["早先的情形", OTHER]
    assert "早先的情形" in str(form["result-reasons"])
    shown = render_to_string("web/components/field.html", {"field": form["result-reasons"]})
    assert "社保异常的情形（发现问题已责令改正、发现问题待后续处理" in shown
    assert shown.count('type="checkbox"') == len(dictionaries().every_word()) + 1

    typed = RecordForm({"seen": "0", "result-reasons": ["早先的情形", UNINSURED]}, **values)
    assert typed.is_valid(), typed.errors
    assert typed.values()["result:reasons"] == f"早先的情形\n{UNINSURED}"
