"""R7, R9: a publication comes down when its time is over or for a reason; only its line stays."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.base import clock
from mingcha.base.jobs.registry import find
from mingcha.base.viewers import PUBLIC, System
from mingcha.kernel.refusal import Refused
from mingcha.publication import exchange, lifecycle, presenting, selectors, services
from mingcha.publication.models import Publication, PublicationFile
from mingcha.publication.services import Document
from mingcha.publication.testing import LISTS, Bureau, prepared, published

CLOCK = System(purpose="clock")


def test_a_firm_s_result_is_public_for_five_years_a_person_s_for_two(bureau: Bureau) -> None:
    assert published(bureau).until_day == date(2031, 11, 23)
    person = published(bureau, term_parameter="PUBLIC_YEARS_PERSON", change_note="改为自然人", title="示范二")
    assert person.until_day == date(2028, 11, 23)


def test_a_list_stands_until_it_is_replaced(bureau: Bureau) -> None:
    rows = [{"code": "1", "name": "工资支付"}]
    waiting = prepared(bureau, type=LISTS.code, thing=None, title="示范清单", rows=rows)
    found = services.publish(actor=bureau.head, publication_id=waiting.pk)
    assert found.until_day is None
    assert presenting.period(found) == "2026-11-23 起，到有新版为止"


def test_the_clock_takes_it_down_the_day_after_its_last(bureau: Bureau, now: clock.FixedClock) -> None:
    found = published(bureau)
    now.advance(days=(date(2031, 11, 23) - date(2026, 11, 23)).days)
    assert services.take_down_run_out(actor=CLOCK) == 0
    now.advance(days=1)
    assert services.take_down_run_out(actor=CLOCK) == 1
    assert services.take_down_run_out(actor=CLOCK) == 0
    found.refresh_from_db()
    assert (found.state, found.ended_why) == (lifecycle.WITHDRAWN, "公示期满")


def test_it_is_the_daily_job_that_does_so() -> None:
    assert str(find("publication.take-down").rule) == "daily 00:20"


def test_only_the_platform_takes_down_what_has_run_out(bureau: Bureau) -> None:
    with pytest.raises(TypeError):
        services.take_down_run_out(actor=bureau.leader)


def test_the_line_stays_and_the_content_goes(bureau: Bureau) -> None:
    paper = Document("plan.pdf", "盖章原件", "application/pdf", b"%PDF-1.7 sample")
    found = published(bureau, documents=[paper])
    services.withdraw(actor=bureau.leader, publication_id=found.pk, reason="原决定被撤销（处罚法第48条）")
    (line,) = Publication.objects.visible_to(PUBLIC)
    assert (line.number, line.title, line.ended_why) == (
        found.number,
        "示范抽查结果",
        "原决定被撤销（处罚法第48条）",
    )
    assert selectors.rows_for(line, PUBLIC) == []
    assert exchange.document(line, PUBLIC)["rows"] == []
    assert "示范企业" not in exchange.csv_of(line, PUBLIC).decode()
    assert not PublicationFile.objects.visible_to(PUBLIC).exists()
    assert selectors.rows_for(line, bureau.head) == found.rows


def test_the_versions_before_come_down_with_it(bureau: Bureau) -> None:
    first = published(bureau)
    second = published(bureau, change_note="更正")
    services.withdraw(actor=bureau.leader, publication_id=second.pk, reason="原决定被撤销")
    first.refresh_from_db()
    assert (first.state, first.ended_why) == (lifecycle.WITHDRAWN, "原决定被撤销")
    assert selectors.rows_for(first, PUBLIC) == []


def test_an_old_version_can_come_down_alone(bureau: Bureau) -> None:
    first = published(bureau)
    second = published(bureau, change_note="更正")
    services.withdraw(actor=bureau.leader, publication_id=first.pk, reason="旧版误公开了号码")
    second.refresh_from_db()
    assert second.state == lifecycle.PUBLISHED


def test_coming_down_needs_a_reason(bureau: Bureau) -> None:
    found = published(bureau)
    with pytest.raises(Refused) as refused:
        services.withdraw(actor=bureau.leader, publication_id=found.pk, reason="")
    assert refused.value.codes == ("lifecycle.reason",)


def test_what_has_come_down_never_comes_back(bureau: Bureau) -> None:
    found = published(bureau)
    services.withdraw(actor=bureau.leader, publication_id=found.pk, reason="误公开")
    with pytest.raises(Refused) as refused:
        services.publish(actor=bureau.head, publication_id=found.pk)
    assert refused.value.codes == ("lifecycle.not_here",)
