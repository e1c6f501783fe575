import pytest

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import PUBLIC, Capability, System
from mingcha.ledger.models import Head, Record
from mingcha.ledger.personal import ERASED, MASKED
from mingcha.ledger.selectors import changes_of
from mingcha.ledger.services import erase_subject
from mingcha.ledger.tests.happenings import (
    ADMINISTRATOR,
    CLERK,
    LEADER,
    OVERSEER,
    SECTION_OVERSEER,
    note,
    phone,
)
from mingcha.ledger.words import event_label, thing_type_label, value_text
from mingcha.web.providers import histories

pytestmark = pytest.mark.django_db

CAPABILITY = Capability(purpose="own", thing_type="registry.subject", thing_id=1)


@pytest.mark.parametrize(
    ("viewer", "sees"),
    [
        (OVERSEER, True),
        (LEADER, True),
        (ADMINISTRATOR, True),
        (System("test"), True),
        (CLERK, False),
        (SECTION_OVERSEER, False),
        (CAPABILITY, False),
        (PUBLIC, False),
    ],
)
def test_who_sees_the_whole_ledger(viewer, sees):
    note()
    assert Record.objects.visible_to(viewer).exists() is sees


@pytest.mark.parametrize("viewer", [CLERK, CAPABILITY, PUBLIC])
def test_everybody_sees_the_daily_heads(viewer):
    Head.objects.create(day=clock.today(), seq=0, digest="0" * 64, algorithm="sha256", sealed_at=clock.now())
    assert Head.objects.visible_to(viewer).exists()


def test_a_things_history_holds_what_happened_to_it_and_nothing_else():
    here, elsewhere = Thing("ledger.head", 1), Thing("ledger.head", 2)
    note(thing=here, after={"colour": "红"}, why="初次")
    note(thing=elsewhere)
    note(thing=Thing("ledger.record", 1))
    note(actor=LEADER, thing=here, before={"colour": "红"}, after={"colour": "绿"})

    latest, first = histories.gather(CLERK, "ledger.head", 1)
    assert (first.who, first.what, first.why) == ("王经办", "记一笔", "初次")
    assert first.changes == (("颜色", "", "红"),)
    assert (latest.who, latest.changes) == ("赵局长", (("颜色", "红", "绿"),))
    assert latest.digest == Record.objects.get(seq=4).digest


def test_a_field_is_called_as_its_model_calls_it():
    note(thing=Thing("ledger.head", 1), after={"day": "2026-03-01", "colour": "红", "unheard_of": 1})

    labels = [change[0] for change in changes_of(Record.objects.get(), CLERK)]
    assert labels == ["日期", "颜色", "unheard_of"]


def test_personal_values_are_masked_for_who_need_not_know():
    note(personal=phone())

    for viewer in (CLERK, ADMINISTRATOR, SECTION_OVERSEER):
        (entry,) = histories.gather(viewer, "ledger.head", 1)
        assert entry.changes == (("电话", "", str(MASKED)),)
        assert "13800138000" not in repr(entry)


def test_personal_values_are_readable_for_overseer_and_leader():
    note(personal=phone(value={"before": "13900139000", "after": "13800138000"}))

    for viewer in (OVERSEER, LEADER):
        (entry,) = histories.gather(viewer, "ledger.head", 1)
        assert entry.changes == (("电话", "13900139000", "13800138000"),)


def test_erased_values_say_why_they_are_gone():
    note(personal=phone())
    erase_subject(actor=LEADER, subject="accounts.user:7", why="本人申请")

    (entry,) = histories.gather(OVERSEER, "ledger.head", 1)
    assert entry.changes == (("电话", "", str(ERASED)),)


def test_a_history_with_many_people_in_it_asks_for_their_keys_once(django_assert_num_queries):
    for number in range(5):
        note(personal=phone(f"accounts.user:{number}"))

    with django_assert_num_queries(2):
        assert len(histories.gather(OVERSEER, "ledger.head", 1)) == 5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ([], ""),
        (True, "是"),
        (False, "否"),
        (0, "0"),
        (["甲", "乙"], "甲、乙"),
        ({"甲": True, "乙": 2}, "甲：是；乙：2"),
        ("2026-03-01T01:02:03.000004Z", "2026-03-01 09:02"),
        ("2026-03-01", "2026-03-01"),
        (
            {"abridged": {"bytes": 9000, "sha256": "ab", "start": "开头"}},
            "开头…（全文 9000 字节，仅存摘要 ab）",
        ),
    ],
)
def test_values_are_shown_as_officials_read_them(value, text):
    assert value_text(value) == text


def test_codes_that_this_version_does_not_know_are_shown_as_they_are():
    assert event_label("gone.event") == "gone.event"
    assert thing_type_label("gone.thing") == "gone.thing"
    assert thing_type_label("nonsense") == "nonsense"
