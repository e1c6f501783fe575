"""A deadline runs from its trigger, ends when the thing is done, is extended once where the law allows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import strategies as st

from mingcha.accounts.testing import as_officer, make_officer, make_unit
from mingcha.base.clock import FixedClock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC, Officer, System
from mingcha.basics.events import DeadlineExtended, DeadlineMet, DeadlinePassed
from mingcha.basics.lifecycles import DEADLINE, DeadlineFacts
from mingcha.basics.models import Deadline, DeadlineMove
from mingcha.basics.selectors import deadlines as reading
from mingcha.basics.services import approvals, deadline_rules, deadlines, extensions, parameters
from mingcha.basics.tests.factories import blind_at_first, heard, of, thing
from mingcha.kernel.refusal import Refused
from mingcha.kernel.testing import check_lifecycle

ANYBODY = deadlines.Owner(role=Role.COORDINATOR)


def test_the_table_keeps_the_promises_of_every_lifecycle() -> None:
    facts = st.builds(DeadlineFacts, extendable=st.booleans(), extended=st.booleans(), approved=st.booleans())
    check_lifecycle(DEADLINE, facts)


def test_the_clock_starts_the_day_after_the_trigger(loaded: None, coordinator: Officer) -> None:
    deadline = deadlines.start(
        actor=coordinator, rule="T24", thing=thing(), started_on=date(2026, 11, 23), owner=ANYBODY
    )
    assert deadline.due_on == date(2026, 12, 21)
    assert deadline.term == "20WD"


def test_a_rule_runs_once_on_a_thing(loaded: None, coordinator: Officer) -> None:
    about = thing()
    deadlines.start(actor=coordinator, rule="T24", thing=about, started_on=date(2026, 11, 23), owner=ANYBODY)
    with pytest.raises(Refused) as refused:
        deadlines.start(
            actor=coordinator, rule="T24", thing=about, started_on=date(2026, 11, 24), owner=ANYBODY
        )
    assert refused.value.codes == ("basics.deadline.running",)


def test_who_starts_the_same_in_the_same_moment_is_told_that_it_runs(
    loaded: None, coordinator: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    about, values = thing(), {"rule": "T24", "started_on": date(2026, 11, 23), "owner": ANYBODY}
    deadlines.start(actor=coordinator, thing=about, **values)
    monkeypatch.setattr(reading, "open_for", blind_at_first(reading.open_for, Deadline.objects.none()))
    with pytest.raises(Refused) as refused:
        deadlines.start(actor=coordinator, thing=about, **values)
    assert refused.value.codes == ("basics.deadline.running",)


def test_a_term_from_a_parameter_is_that_of_the_first_day(loaded: None, coordinator: Officer) -> None:
    parameters.set_value(
        actor=coordinator,
        code="CONFIRM_DISPATCH",
        value="3WD",
        effective_from=date(2027, 1, 1),
        source="通知",
    )
    values = {"actor": coordinator, "rule": "CONFIRM_DISPATCH", "owner": ANYBODY}
    now = deadlines.start(thing=thing(), started_on=date(2026, 11, 23), **values)
    later = deadlines.start(thing=thing(), started_on=date(2027, 1, 4), **values)
    assert (now.term, later.term) == ("2WD", "3WD")
    assert now.due_on == date(2026, 11, 25)


def test_notice_is_counted_back_from_the_event(loaded: None, coordinator: Officer) -> None:
    deadline = deadlines.start(
        actor=coordinator, rule="T12", thing=thing(), started_on=date(2026, 12, 15), owner=ANYBODY
    )
    assert deadline.due_on == date(2026, 12, 4)


def test_a_date_that_a_document_states_is_taken_as_it_is(loaded: None, coordinator: Officer) -> None:
    deadline = deadlines.start(
        actor=coordinator,
        rule="T25",
        thing=thing(),
        started_on=date(2026, 11, 23),
        due_on=date(2026, 12, 5),
        owner=ANYBODY,
    )
    assert deadline.due_on == date(2026, 12, 5)


@pytest.mark.parametrize("more", [{"rule": "T10"}, {"rule": "T25"}, {"rule": "T05"}])
def test_what_has_no_clock_cannot_be_started(loaded: None, coordinator: Officer, more: dict) -> None:
    with pytest.raises(Refused) as refused:
        deadlines.start(
            actor=coordinator, thing=thing(), started_on=date(2026, 11, 23), owner=ANYBODY, **more
        )
    assert refused.value.codes == ("basics.rule.no_clock",)


def test_done_in_time_is_done(loaded: None, coordinator: Officer) -> None:
    about = thing()
    deadlines.start(actor=coordinator, rule="T01", thing=about, started_on=date(2026, 11, 20), owner=ANYBODY)
    with heard() as events:
        done = deadlines.meet(actor=coordinator, rule="T01", thing=about)
    assert done is not None and (done.state, done.met_on) == ("met", date(2026, 11, 23))
    assert len(of(events, DeadlineMet)) == 1
    assert deadlines.meet(actor=coordinator, rule="T01", thing=about) is None


def test_done_late_is_late_for_good_also_when_nobody_watched(loaded: None, coordinator: Officer) -> None:
    about = thing()
    deadlines.start(actor=coordinator, rule="T01", thing=about, started_on=date(2026, 11, 10), owner=ANYBODY)
    with heard() as events:
        done = deadlines.meet(actor=coordinator, rule="T01", thing=about)
    assert done is not None and done.state == "met_late"
    assert [type(event) for event in events] == [DeadlinePassed, DeadlineMet]


def test_cancelling_needs_a_reason_and_a_head(loaded: None, coordinator: Officer) -> None:
    deadline = deadlines.start(
        actor=coordinator, rule="T01", thing=thing(), started_on=date(2026, 11, 20), owner=ANYBODY
    )
    with pytest.raises(Refused) as refused:
        deadlines.cancel(actor=coordinator, deadline_id=deadline.pk, reason=" ")
    assert refused.value.codes == ("lifecycle.reason",)
    done = deadlines.cancel(actor=coordinator, deadline_id=deadline.pk, reason="投诉人撤诉")
    assert (done.state, done.ended_why) == ("cancelled", "投诉人撤诉")


def investigation(actor: Officer, owner: deadlines.Owner = ANYBODY) -> Deadline:
    return deadlines.start(
        actor=actor, rule="T04", thing=thing("某公司立案"), started_on=date(2026, 9, 1), owner=owner
    )


def test_an_extension_takes_effect_when_it_is_approved(
    loaded: None, coordinator: Officer, leader: Officer
) -> None:
    deadline = investigation(coordinator)
    assert deadline.due_on == date(2026, 11, 30)
    approval = extensions.propose(actor=coordinator, deadline_id=deadline.pk, reason="涉及人数多")
    deadline.refresh_from_db()
    assert deadline.due_on == date(2026, 11, 30)
    with heard() as events:
        approvals.approve(actor=leader, approval_id=approval.pk, opinion="同意")
    deadline.refresh_from_db()
    assert deadline.extended_from == date(2026, 11, 30)
    # 30 work days after 30 November: 23 in December, 7 more in January's provisional calendar.
    assert deadline.due_on == date(2027, 1, 12)
    assert deadline.provisional
    assert len(of(events, DeadlineExtended)) == 1
    assert DeadlineMove.objects.get().to_date == deadline.due_on


def test_nothing_is_extended_without_an_approval(loaded: None, coordinator: Officer, leader: Officer) -> None:
    deadline = investigation(coordinator)
    with pytest.raises(Refused) as refused:
        deadlines.extend(actor=leader, deadline_id=deadline.pk, reason="案情复杂")
    assert refused.value.codes == ("deadline.not_approved",)


def test_nothing_is_extended_twice(loaded: None, coordinator: Officer, leader: Officer) -> None:
    deadline = investigation(coordinator)
    approval = extensions.propose(actor=coordinator, deadline_id=deadline.pk, reason="涉及人数多")
    approvals.approve(actor=leader, approval_id=approval.pk)
    with pytest.raises(Refused) as refused:
        extensions.propose(actor=coordinator, deadline_id=deadline.pk, reason="还不够")
    assert refused.value.codes == ("deadline.extended_once",)
    with pytest.raises(Refused):
        deadlines.extend(actor=leader, deadline_id=deadline.pk, reason="还不够")


def test_what_the_law_does_not_extend_is_not_even_proposed(loaded: None, coordinator: Officer) -> None:
    deadline = deadlines.start(
        actor=coordinator, rule="T24", thing=thing(), started_on=date(2026, 11, 23), owner=ANYBODY
    )
    with pytest.raises(Refused) as refused:
        extensions.propose(actor=coordinator, deadline_id=deadline.pk, reason="忙")
    assert refused.value.codes == ("deadline.not_extendable",)


def test_a_rule_set_anew_leaves_running_deadlines_alone(loaded: None, coordinator: Officer) -> None:
    running = investigation(coordinator)
    deadline_rules.set_rule(
        actor=coordinator,
        code="T04",
        label="完成调查",
        trigger="立案",
        form="term",
        term="45WD",
        source="修订后的条例",
        effective_from=date(2027, 1, 1),
    )
    running.refresh_from_db()
    assert running.due_on == date(2026, 11, 30)
    assert reading.rule("T04", on=date(2027, 1, 1)).term == "45WD"
    assert reading.rule("T04", on=date(2026, 12, 31)).term == "60WD"


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": "term"},
        {"form": "term", "term": "二十天"},
        {"form": "gate", "term": "3D"},
        {"form": "extension", "term": "30WD"},
        {"form": "term", "term": "3D", "parameter": "CAP_C"},
    ],
)
def test_a_rule_that_does_not_hold_together_is_refused(
    loaded: None, coordinator: Officer, wrong: dict
) -> None:
    with pytest.raises(Refused):
        deadline_rules.set_rule(
            actor=coordinator,
            code="X1",
            label="某事",
            trigger="某日",
            source="某文",
            effective_from=date(2027, 1, 1),
            **wrong,
        )


class TestWhoSeesADeadline:
    @pytest.fixture(autouse=True)
    def _offices(self, loaded: None, coordinator: Officer, leader: Officer) -> None:
        self.labour, self.insurance = make_unit("劳动监察股"), make_unit("社保稽核股")
        self.inspector = as_officer(make_officer(Role.INSPECTOR, unit=self.labour))
        self.head = as_officer(make_officer(Role.SECTION_HEAD, unit=self.labour))
        self.other_head = as_officer(make_officer(Role.SECTION_HEAD, unit=self.insurance))
        self.leader, self.coordinator = leader, coordinator
        owner = deadlines.Owner(user_id=self.inspector.id, unit_id=self.labour.pk)
        self.deadline = investigation(coordinator, owner)

    def sees(self, viewer: object) -> bool:
        return Deadline.objects.visible_to(viewer).filter(pk=self.deadline.pk).exists()

    def test_its_owner_the_section_and_the_bureau_see_it(self) -> None:
        assert self.sees(self.inspector)
        assert self.sees(self.head)
        assert self.sees(self.leader)
        assert self.sees(System(purpose="tests"))

    def test_another_section_a_colleague_and_the_public_do_not(self) -> None:
        colleague = as_officer(make_officer(Role.INSPECTOR, unit=self.labour))
        assert not self.sees(self.other_head)
        assert not self.sees(colleague)
        assert not self.sees(PUBLIC)

    def test_a_stranger_can_neither_extend_nor_cancel_it(self) -> None:
        with pytest.raises(Deadline.DoesNotExist):
            deadlines.cancel(actor=self.other_head, deadline_id=self.deadline.pk, reason="多事")

    def test_it_is_mine_when_i_answer_for_it(self) -> None:
        assert self.deadline in reading.mine(self.inspector)
        assert self.deadline in reading.mine(self.head)
        assert self.deadline not in reading.mine(self.coordinator)


def test_the_thing_asks_for_its_open_deadlines(loaded: None, coordinator: Officer, now: FixedClock) -> None:
    deadline = investigation(coordinator)
    about: Thing = deadline.about
    assert list(reading.open_for(about)) == [deadline]
    assert list(reading.of_thing(about, coordinator)) == [deadline]
