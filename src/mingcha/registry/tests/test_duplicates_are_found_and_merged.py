"""Two entries of one subject are found, compared, merged with a trace, and taken apart again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import idempotency
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.kernel import credit_code
from mingcha.kernel.refusal import Refused
from mingcha.registry.models import Contact, FormerName, Merge, Subject, Suspicion, Visit
from mingcha.registry.selectors import stand_ins
from mingcha.registry.services import (
    add_part,
    change_subject,
    enter_subject,
    judge_distinct,
    keep_suspicions,
    merge_subjects,
    undo_merge,
)
from mingcha.registry.services.duplicates import look
from mingcha.registry.tests.test_entering_a_subject import values
from mingcha.registry.tests.test_what_belongs_to_a_subject import PHONE, contact, count

Make = Callable[..., Subject]


@pytest.fixture
def make(coordinator: Officer) -> Make:
    def enter(name: str, code: str = "", **more: Any) -> Subject:
        entered = values(name=name, credit_code=code, **more)
        return enter_subject(actor=coordinator, values=entered, warnings_confirmed=True)

    return enter


def merged(actor: Officer, kept: Subject, gone: Subject, *take: str) -> Merge:
    return merge_subjects(actor=actor, kept=kept, gone=gone, take=take, reason="同一家")


def again(subject: Subject) -> Subject:
    return Subject.objects.get(pk=subject.pk)


def test_each_sign_finds_its_pair(coordinator: Officer, make: Make) -> None:
    good = credit_code.synthetic(1)
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    pairs = {
        "name": (make("示范（石家庄）食品"), make("示范(石家庄) 食品")),
        "number": (make("甲厂", old_number="130124000012345"), make("乙厂", old_number="130124000012345")),
        "code": (make("丙公司", good), make("丁公司", wrong)),
        "phone": (make("戊店"), make("己店")),
    }
    for subject in pairs["phone"]:
        add_part(actor=coordinator, part="contacts", subject=subject, values=contact())
    make("没有相似的一家", credit_code.synthetic(2))
    expected = {(first.pk, second.pk): [sign] for sign, (first, second) in pairs.items()}
    assert look() == expected


def test_a_telephone_of_many_is_an_agents(coordinator: Officer, make: Make) -> None:
    for number in range(6):
        subject = make(f"代账客户{number}")
        add_part(actor=coordinator, part="contacts", subject=subject, values=contact())
    assert look() == {}


def test_looking_takes_as_many_questions_for_many_as_for_few(make: Make) -> None:
    for number in range(2):
        make(f"企业{number}", credit_code.synthetic(number))
    with CaptureQueriesContext(connection) as few:
        look()
    for number in range(2, 12):
        make(f"企业{number}", credit_code.synthetic(number))
    with CaptureQueriesContext(connection) as many:
        look()
    assert len(many) == len(few)


def test_a_pair_judged_to_be_two_is_not_brought_up_again(coordinator: Officer, make: Make) -> None:
    make("示范食品"), make("示范 食品")
    assert keep_suspicions(actor=coordinator, pairs=look()) == 1
    judge_distinct(actor=coordinator, suspicion=Suspicion.objects.get(), reason="两个乡镇的同名店")
    assert keep_suspicions(actor=coordinator, pairs=look()) == 0
    assert Suspicion.objects.get().state == "distinct"


def test_a_pair_that_was_put_right_comes_off_the_list(coordinator: Officer, make: Make) -> None:
    make("示范食品")
    second = make("示范 食品")
    keep_suspicions(actor=coordinator, pairs=look())
    change_subject(actor=coordinator, subject=second, values=values(name="另外一家", credit_code=""))
    keep_suspicions(actor=coordinator, pairs=look())
    assert not Suspicion.objects.exists()


def test_children_move_and_the_other_name_becomes_a_former_name(coordinator: Officer, make: Make) -> None:
    kept, gone = make("示范食品有限公司", credit_code.synthetic(1)), make("示范食品厂", town="东河镇")
    add_part(actor=coordinator, part="contacts", subject=gone, values=contact(phone=PHONE))
    add_part(actor=coordinator, part="headcounts", subject=gone, values=count(date(2026, 1, 1), workers=31))
    merged(coordinator, kept, gone, "town")
    now = again(kept)
    assert (now.town, now.workers) == ("东河镇", 31)
    assert Contact.objects.get().subject_id == kept.pk
    assert FormerName.objects.get(subject=kept).name == "示范食品厂"
    assert again(gone).merged_into_id == kept.pk
    assert list(Subject.objects.current()) == [kept]


def test_who_stands_for_a_merged_entry_is_asked_of_the_few_and_not_of_the_whole_register(
    coordinator: Officer, make: Make
) -> None:
    """Every home page asks: by name, a register of a million would be walked through for it."""
    kept, gone, first = make("示范食品有限公司"), make("示范食品厂"), make("示范食品部")
    merged(coordinator, gone, first)
    merged(coordinator, kept, gone)
    with CaptureQueriesContext(connection) as asked:
        assert stand_ins() == {gone.pk: kept.pk, first.pk: kept.pk}
    assert len(asked) == 1
    assert "ORDER BY" not in asked[0]["sql"]


def test_the_kept_entry_can_take_the_code_of_the_other(coordinator: Officer, make: Make) -> None:
    code = credit_code.synthetic(1)
    kept, gone = make("示范食品有限公司"), make("示范食品厂", code)
    merged(coordinator, kept, gone, "credit_code")
    assert again(kept).credit_code == code


def test_a_row_that_both_have_stays_with_the_stub(coordinator: Officer, make: Make) -> None:
    kept, gone = make("甲"), make("乙")
    for subject in (kept, gone):
        add_part(
            actor=coordinator, part="headcounts", subject=subject, values=count(date(2026, 1, 1), workers=5)
        )
    merged(coordinator, kept, gone)
    assert kept.headcounts.count() == gone.headcounts.count() == 1


def test_visits_of_both_count_for_the_kept_one(coordinator: Officer, make: Make) -> None:
    from mingcha.base import clock

    kept, gone = make("甲"), make("乙")
    for number, subject in enumerate((kept, gone)):
        Visit.objects.create(
            subject=subject,
            visited_on=date(2026, 5, 1 + number),
            unit_name="监察股",
            recorded_at=clock.now(),
        )
    merged(coordinator, kept, gone)
    assert kept.visits.count() == 2


def test_undone_everything_stands_as_before(coordinator: Officer, make: Make) -> None:
    code = credit_code.synthetic(1)
    kept, gone = make("示范食品有限公司"), make("示范食品厂", code, town="东河镇")
    add_part(actor=coordinator, part="contacts", subject=gone, values=contact())
    merge = merged(coordinator, kept, gone, "credit_code", "town")
    undo_merge(actor=coordinator, merge=merge, reason="是两家")
    assert (again(kept).credit_code, again(kept).town) == ("", "示范镇")
    assert (again(gone).credit_code, again(gone).merged_into_id) == (code, None)
    assert Contact.objects.get().subject_id == gone.pk
    assert not FormerName.objects.standing().exists()


def test_an_undo_leaves_what_was_changed_since(coordinator: Officer, make: Make) -> None:
    kept, gone = make("甲"), make("乙", town="东河镇")
    merge = merged(coordinator, kept, gone, "town")
    change_subject(actor=coordinator, subject=kept, values=values(name="甲", credit_code="", town="西河镇"))
    undo_merge(actor=coordinator, merge=merge, reason="是两家")
    assert again(kept).town == "西河镇"


def test_two_people_cannot_merge_the_same_entry_twice(coordinator: Officer, make: Make) -> None:
    first, second, third = make("甲"), make("乙"), make("丙")
    merged(coordinator, first, second)
    with pytest.raises(Refused) as raised:
        merged(coordinator, third, second)
    assert raised.value.codes == ("merge.done",)


def test_what_was_changed_after_comparing_is_not_merged(coordinator: Officer, make: Make) -> None:
    first, second = make("甲"), make("乙")
    change_subject(actor=coordinator, subject=second, values=values(name="乙二", credit_code=""))
    with pytest.raises(Refused) as raised:
        merge_subjects(
            actor=coordinator,
            kept=first,
            gone=second,
            take=(),
            reason="同一家",
            seen={first.pk: first.version, second.pk: second.version},
        )
    assert raised.value.codes == ("merge.changed",)


def test_an_earlier_merge_is_not_undone_before_a_later_one(coordinator: Officer, make: Make) -> None:
    first, second, third = make("甲"), make("乙"), make("丙")
    early = merged(coordinator, second, first)
    merged(coordinator, third, second)
    with pytest.raises(Refused) as raised:
        undo_merge(actor=coordinator, merge=early, reason="错了")
    assert raised.value.codes == ("merge.later",)


def test_the_page_of_a_merged_entry_leads_to_the_kept_one(
    bureau: Unit, coordinator: Officer, make: Make, client: Client
) -> None:
    kept, gone, first = make("丙厂"), make("乙厂"), make("甲厂")
    merged(coordinator, gone, first)
    merged(coordinator, kept, gone)
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    target = reverse("registry:subjects-detail", args=[kept.pk])
    for stub in (gone, first):
        page = reverse("registry:subjects-detail", args=[stub.pk])
        assert client.get(page)["Location"] == target
    listed = client.get(reverse("registry:subjects-list")).content.decode()
    assert target in listed
    assert reverse("registry:subjects-detail", args=[gone.pk]) not in listed


def test_somebody_chooses_which_to_keep_and_which_values(
    bureau: Unit, coordinator: Officer, make: Make, client: Client
) -> None:
    first, second = make("示范食品有限公司", town="西河镇"), make("示范食品厂", town="东河镇")
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    page = reverse("registry:subjects-merge", args=[first.pk, second.pk])
    shown = client.get(page).content.decode()
    assert "西河镇" in shown
    assert "东河镇" in shown
    typed = {
        "keep": "second",
        "take_name": "first",
        "take_town": "second",
        "reason": "同一家",
        "versions": f"{first.pk}:{first.version},{second.pk}:{second.version}",
        "_once": idempotency.token(),
    }
    assert client.post(page, typed).status_code == 302
    kept = again(second)
    assert (kept.name, kept.town) == ("示范食品有限公司", "东河镇")
    assert again(first).merged_into_id == second.pk


def test_the_platform_looks_every_night(bureau: Unit, make: Make) -> None:
    make("示范食品"), make("示范食品")
    assert keep_suspicions(actor=System(purpose="duplicates"), pairs=look()) == 1
