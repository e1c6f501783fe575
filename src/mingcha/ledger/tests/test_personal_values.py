import json

import pytest
from django.db import connection

from mingcha.base import service
from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.crypto.rotation import columns
from mingcha.base.events import Personal
from mingcha.base.viewers import PUBLIC
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record, SubjectKey
from mingcha.ledger.personal import ERASED, UNREADABLE, reveal
from mingcha.ledger.services import erase_subject
from mingcha.ledger.tests.happenings import (
    ADMINISTRATOR,
    CLERK,
    LEADER,
    OVERSEER,
    SECTION_OVERSEER,
    THING,
    Noted,
    note,
    phone,
    tampering,
)
from mingcha.ledger.verification import verify

pytestmark = pytest.mark.django_db

SUBJECT = "accounts.user:7"


def stored(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return repr(cursor.fetchall())


def test_personal_values_stand_in_the_database_only_as_ciphertext():
    note(actor=CLERK, personal=phone())

    record = Record.objects.get()
    assert record.subject == SUBJECT
    assert set(record.personal) == {"phone"}
    assert "13800138000" not in stored("ledger_record")
    assert reveal(record, OVERSEER) == {"phone": "13800138000"}


def test_any_plain_value_comes_back_as_it_was():
    value = {"before": "李四", "after": ["张三", 1, None]}
    note(actor=CLERK, personal=phone(value=value))

    assert reveal(Record.objects.get(), OVERSEER) == {"phone": value}


def test_a_subject_keeps_one_key_and_two_subjects_have_two():
    note(actor=CLERK, personal=phone())
    note(actor=CLERK, personal=phone())
    note(actor=CLERK, personal=phone("accounts.user:8"))

    keys = {key.subject: key.wrapped_key for key in SubjectKey.objects.all()}
    assert set(keys) == {SUBJECT, "accounts.user:8"}
    assert len(set(keys.values())) == 2


def test_the_same_value_twice_gives_two_ciphertexts():
    note(actor=CLERK, personal=phone())
    note(actor=CLERK, personal=phone())

    first, second = Record.objects.order_by("seq")
    assert first.personal["phone"] != second.personal["phone"]


def test_the_keys_are_wrapped_and_taken_along_by_key_rotation():
    note(actor=CLERK, personal=phone())

    assert SubjectKey.objects.get().wrapped_key not in stored("ledger_subjectkey")
    assert isinstance(SubjectKey._meta.get_field("wrapped_key"), EncryptedTextField)
    assert "ledger_subjectkey.wrapped_key" in {column.name for column in columns()}


def test_a_ciphertext_moved_to_another_record_cannot_be_read():
    note(actor=CLERK, personal=phone())
    note(actor=CLERK, personal=phone(value="13900139000"))
    first, second = Record.objects.order_by("seq")
    second.personal = first.personal

    assert reveal(second, OVERSEER) == {"phone": UNREADABLE}


@pytest.mark.parametrize("viewer", [CLERK, ADMINISTRATOR, SECTION_OVERSEER, PUBLIC])
def test_who_need_not_know_is_refused(viewer):
    note(actor=CLERK, personal=phone())

    with pytest.raises(Refused) as refused:
        reveal(Record.objects.get(), viewer)
    assert refused.value.codes == ("ledger.reveal.not_allowed",)


def test_erasing_a_subject_erases_the_values_and_leaves_the_chain_as_it_was():
    note(actor=CLERK, personal=phone())
    note(actor=CLERK, personal=phone("accounts.user:8", "13900139000"))
    before = list(Record.objects.order_by("seq").values_list("seq", "digest"))

    erase_subject(actor=LEADER, subject=SUBJECT, why="本人申请")

    erased, other = Record.objects.order_by("seq")[:2]
    assert reveal(erased, OVERSEER) == {"phone": ERASED}
    assert str(ERASED) == "已删除（依据个人信息保护法第47条）"
    assert reveal(other, OVERSEER) == {"phone": "13900139000"}
    assert list(Record.objects.order_by("seq").values_list("seq", "digest"))[:2] == before
    assert verify().intact


def test_an_erased_key_keeps_its_row_without_its_secret():
    note(actor=CLERK, personal=phone())
    erase_subject(actor=LEADER, subject=SUBJECT, why="本人申请")

    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped_key FROM ledger_subjectkey")
        assert cursor.fetchall() == [("",)]
    assert SubjectKey.objects.get().erased_at is not None


def test_an_erasure_is_itself_an_event():
    note(actor=CLERK, personal=phone())
    erase_subject(actor=LEADER, subject=SUBJECT, why="本人申请")

    record = Record.objects.order_by("-seq").first()
    assert (record.event, record.actor_name, record.why) == ("ledger.subject_erased", "赵局长", "本人申请")
    assert (record.thing_type, record.thing_label) == ("ledger.subjectkey", SUBJECT)


def test_values_that_come_in_after_an_erasure_get_a_key_of_their_own():
    note(actor=CLERK, personal=phone())
    erase_subject(actor=LEADER, subject=SUBJECT, why="本人申请")
    note(actor=CLERK, personal=phone(value="13900139000"))

    old, _erasure, new = Record.objects.order_by("seq")
    assert reveal(old, OVERSEER) == {"phone": ERASED}
    assert reveal(new, OVERSEER) == {"phone": "13900139000"}
    assert list(SubjectKey.objects.order_by("generation").values_list("generation", flat=True)) == [1, 2]


def test_an_erased_value_does_not_come_back_through_a_later_event_of_the_same_work():
    @service.service
    def delete_person(*, actor):
        erase_subject(actor=actor, subject=SUBJECT, why="本人申请")
        service.emit(Noted(thing=THING, personal=phone()))

    note(actor=CLERK, personal=phone())
    delete_person(actor=LEADER)

    last = Record.objects.order_by("-seq").first()
    assert last.personal == {"phone": ""}
    assert reveal(last, OVERSEER) == {"phone": ERASED}
    assert SubjectKey.objects.filter(erased_at=None).count() == 0
    assert verify().intact


@pytest.mark.parametrize(
    ("actor", "subject", "why", "code"),
    [
        (CLERK, SUBJECT, "本人申请", "ledger.erase.not_allowed"),
        (OVERSEER, SUBJECT, "本人申请", "ledger.erase.not_allowed"),
        (LEADER, SUBJECT, " ", "ledger.reason_missing"),
        (LEADER, "accounts.user:99", "本人申请", "ledger.erase.unknown_subject"),
    ],
)
def test_an_erasure_without_right_reason_or_subject_is_refused(actor, subject, why, code):
    note(actor=CLERK, personal=phone())

    with pytest.raises(Refused) as refused:
        erase_subject(actor=actor, subject=subject, why=why)
    assert refused.value.codes == (code,)
    assert SubjectKey.objects.get().erased_at is None


def test_erasing_twice_is_refused_with_the_day_of_the_first_time():
    note(actor=CLERK, personal=phone())
    erase_subject(actor=LEADER, subject=SUBJECT, why="本人申请")

    with pytest.raises(Refused, match="已于 20") as refused:
        erase_subject(actor=LEADER, subject=SUBJECT, why="再来")
    assert refused.value.codes == ("ledger.erase.already_erased",)


def test_a_lost_key_is_told_from_an_erased_one():
    note(actor=CLERK, personal=phone())
    SubjectKey.objects.all().delete()

    assert reveal(Record.objects.get(), OVERSEER) == {"phone": UNREADABLE}


def test_a_changed_ciphertext_is_noticed_by_the_chain():
    note(actor=CLERK, personal=phone())
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_record SET personal = %s", [json.dumps({"phone": "v1:AAAA"})])

    assert [gap.code for gap in verify().gaps] == ["changed"]
    assert reveal(Record.objects.get(), OVERSEER) == {"phone": UNREADABLE}


def test_an_event_without_personal_values_asks_for_no_key():
    note(actor=CLERK, personal=Personal(subject=SUBJECT, values={}))

    assert Record.objects.get().subject == ""
    assert not SubjectKey.objects.exists()
