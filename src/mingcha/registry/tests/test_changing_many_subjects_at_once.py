"""Many at once: counted before, confirmed, kept with what stood before, undone as one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import clock, idempotency
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.kernel import credit_code
from mingcha.kernel.refusal import Refused
from mingcha.kernel.testing import refused
from mingcha.ledger.models import Record
from mingcha.registry.models import BulkChange, Claim, ImportBatch, ImportSource, Subject, SubjectTag, Tag
from mingcha.registry.services import change_together, enter_subject, receive_claims, undo_together
from mingcha.registry.tests.test_entering_a_subject import values
from mingcha.web.providers import histories


@pytest.fixture
def subjects(coordinator: Officer) -> list[Subject]:
    return [
        enter_subject(
            actor=coordinator,
            values=values(
                name=f"示范企业{n}", credit_code=credit_code.synthetic(n), town="东镇" if n % 2 else ""
            ),
        )
        for n in range(4)
    ]


def together(actor: Officer, verb: str, value: str, counted: int) -> BulkChange:
    return change_together(
        actor=actor,
        verb=verb,
        value=value,
        subjects=Subject.objects.all(),
        counted=counted,
        reason="年初整理",
    )


def watch() -> str:
    return str(Tag.objects.get(code="watch").pk)


def test_only_registration_and_code_are_never_among_the_verbs() -> None:
    assert set(BulkChange.Verb.values) == {"tag", "untag", "town", "claim"}


def test_a_tag_goes_on_all_that_lack_it(coordinator: Officer, subjects: list[Subject]) -> None:
    SubjectTag.objects.create(subject=subjects[0], tag_id=watch(), since="2026-01-01", why="原有")
    change = together(coordinator, "tag", watch(), counted=3)
    assert (change.changed, change.passed_over) == (3, 1)
    assert SubjectTag.objects.count() == 4


def test_undone_only_those_it_put_on_come_off(coordinator: Officer, subjects: list[Subject]) -> None:
    SubjectTag.objects.create(subject=subjects[0], tag_id=watch(), since="2026-01-01", why="原有")
    undo_together(actor=coordinator, change=together(coordinator, "tag", watch(), counted=3), reason="加错")
    assert SubjectTag.objects.get().why == "原有"


def test_a_tag_taken_off_comes_back_with_its_day_and_reason(
    coordinator: Officer, subjects: list[Subject]
) -> None:
    source = ImportSource.objects.create(name="省平台")
    batch = ImportBatch.objects.create(
        register="subjects", source=source, file_name="x", started_at=clock.now(), changed_at=clock.now()
    )
    why = "三次 投诉，" + "理由很长" * 40
    SubjectTag.objects.create(
        subject=subjects[0], tag_id=watch(), since="2026-01-01", why=why, batch_id=batch.pk
    )
    change = together(coordinator, "untag", watch(), counted=1)
    assert not SubjectTag.objects.exists()
    undo_together(actor=coordinator, change=change, reason="去错")
    tag = SubjectTag.objects.get()
    assert (tag.since.isoformat(), tag.why, tag.batch_id) == ("2026-01-01", why, batch.pk)


def test_towns_go_back_except_where_somebody_changed_them_since(
    coordinator: Officer, subjects: list[Subject]
) -> None:
    change = together(coordinator, "town", "西镇", counted=4)
    assert set(Subject.objects.values_list("town", flat=True)) == {"西镇"}
    Subject.objects.filter(pk=subjects[1].pk).update(town="南镇")
    undone = undo_together(actor=coordinator, change=change, reason="填错")
    towns = list(Subject.objects.order_by("pk").values_list("town", flat=True))
    assert towns == ["", "南镇", "", "东镇"]
    assert undone.left_alone == 1


def test_what_differs_from_the_preview_is_refused(coordinator: Officer, subjects: list[Subject]) -> None:
    with pytest.raises(Refused) as raised:
        together(coordinator, "town", "西镇", counted=3)
    assert raised.value.codes == ("bulk.count",)
    assert not BulkChange.objects.exists()


def test_claims_are_decided_and_their_deadlines_met(coordinator: Officer, subjects: list[Subject]) -> None:
    receive_claims(actor=coordinator, subjects=[s.pk for s in subjects[:2]], source="推送")
    together(coordinator, "claim", "", counted=2)
    assert set(Claim.objects.values_list("state", flat=True)) == {"claimed"}


def test_every_subject_tells_of_it_in_its_history(coordinator: Officer, subjects: list[Subject]) -> None:
    together(coordinator, "town", "西镇", counted=4)
    assert Record.objects.filter(event="registry.subjects.changed_together").count() == 1
    told = histories.gather(coordinator, "registry.subject", subjects[2].pk)
    assert any("批量办理" in entry.what and entry.why == "年初整理" for entry in told)


def test_a_form_opened_before_does_not_overwrite_it(coordinator: Officer, subjects: list[Subject]) -> None:
    together(coordinator, "town", "西镇", counted=4)
    assert Subject.objects.get(pk=subjects[0].pk).version == subjects[0].version + 1


def test_choose_preview_confirm_on_the_page(bureau: Unit, subjects: list[Subject], client: Client) -> None:
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    page = reverse("registry:subjects-bulk")
    listed = client.get(page, {"town": "东镇"}).content.decode()
    assert "符合当前筛选的全部 <strong>2</strong> 户" in listed
    typed = {"query": "town=东镇", "scope": "all", "verb": "town", "town": "西镇", "reason": "并镇"}
    preview = client.post(page, {**typed, "preview": "1"}).content.decode()
    assert "将改动 <strong>2</strong> 户" in preview
    assert not BulkChange.objects.exists()
    counted = re.search(r'name="counted" value="(\d+)"', preview)
    assert counted is not None
    sent = {**typed, "confirm": "1", "counted": counted.group(1), "_once": idempotency.token()}
    first, second = client.post(page, sent), client.post(page, sent)
    assert first["Location"] == second["Location"]
    assert BulkChange.objects.get().changed == 2
    assert Subject.objects.filter(town="西镇").count() == 2


def test_a_condition_that_nobody_understands_never_means_everything(
    bureau: Unit, subjects: list[Subject], client: Client
) -> None:
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    listed = client.get(reverse("registry:subjects-bulk"), {"town": "没有的镇"}).content.decode()
    assert "全部 <strong>0</strong> 户" in listed


def test_what_was_ticked_and_typed_comes_back(bureau: Unit, subjects: list[Subject], client: Client) -> None:
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    typed = {
        "subject": [subjects[1].pk],
        "scope": "some",
        "verb": "town",
        "town": "",
        "reason": "并镇",
        "preview": "1",
    }
    response = client.post(reverse("registry:subjects-bulk"), typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert "并镇" in html
    assert html.count(" checked") >= 2


def test_whoever_does_not_reach_every_firm_takes_nothing_back(
    coordinator: Officer, subjects: list[Subject]
) -> None:
    change = together(coordinator, "tag", watch(), counted=4)
    Subject.objects.filter(pk=subjects[0].pk).update(division_code="130111200")
    moved = replace(
        coordinator, grants=tuple(replace(grant, division="130111200") for grant in coordinator.grants)
    )
    with refused("bulk.beyond"):
        undo_together(actor=moved, change=change, reason="加错")
    assert SubjectTag.objects.count() == 4
