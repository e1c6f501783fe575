"""Nothing that came in waits in silence (rule N9; T01, T02; the date that a forwarding paper states)."""

from __future__ import annotations

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.basics.models import Deadline
from mingcha.basics.services import deadlines as watching
from mingcha.basics.services import parameters
from mingcha.kernel.testing import refused
from mingcha.leads import services
from mingcha.leads.models import Lead, LeadNotice
from mingcha.leads.services import Person
from mingcha.leads.testing import Desk, day
from mingcha.leads.vocabulary import Channel, Ground, Kind, Who
from mingcha.web.providers import next_steps


def terms(lead: Lead) -> dict[str, tuple[str, str]]:
    """Code of each term → its last day and its state, of a lead's latest terms."""
    rows = Deadline.objects.filter(thing_type="leads.lead", thing_id=lead.pk).order_by("pk")
    return {row.rule.code: (row.due_on.isoformat(), row.state) for row in rows.select_related("rule")}


def served(desk: Desk, paper: LeadNotice, how: str = "direct") -> None:
    services.serve(actor=desk.handler, notice=paper, on=clock.today(), how=how, receiver="赵来访")


def test_a_complaint_is_decided_on_within_five_work_days(desk: Desk) -> None:
    lead = desk.complaint(received_on=day("2026-11-19"))
    assert lead.number == "线索〔2026〕第0001号"
    assert terms(lead) == {"T01": ("2026-11-26", "running")}
    services.assess(actor=desk.handler, lead=lead, values={"jurisdiction": "ours"})
    services.accept(actor=desk.handler, lead=lead)
    assert terms(lead) == {"T01": ("2026-11-26", "met")}


def test_decided_on_too_late_it_stays_late(desk: Desk) -> None:
    lead = desk.complaint()
    services.assess(actor=desk.handler, lead=lead, values={"jurisdiction": "ours"})
    desk.clock.advance(days=9)
    watching.watch(actor=System(purpose="tests"))
    assert [step.title for step in next_steps.gather(desk.overseer) if "线索超期" in step.title]
    services.accept(actor=desk.handler, lead=lead)
    assert terms(lead)["T01"][1] == "met_late"


def test_what_was_asked_for_is_waited_for_and_then_the_term_begins_anew(desk: Desk) -> None:
    lead = desk.complaint()
    paper = services.ask_for_more(actor=desk.handler, lead=lead, reason="补劳动合同复印件")
    assert (paper.kind, paper.number) == (LeadNotice.Kind.ASK, "石栾人社监补字〔2026〕第0001号")
    assert terms(lead) == {"T01": ("2026-11-30", "met"), "T02": ("2026-11-30", "running")}
    served(desk, paper)
    assert terms(lead)["T02"][1] == "met"
    assert terms(lead)["LEAD_MORE"] == ("2026-12-07", "running")
    desk.clock.advance(days=2)
    services.more_came(actor=desk.handler, lead=lead)
    assert terms(lead)["LEAD_MORE"] == ("2026-12-07", "met")
    assert terms(lead)["T01"] == ("2026-12-02", "running")


def test_a_transfer_has_the_date_of_its_paper_and_its_sender_is_answered_when_it_ends(desk: Desk) -> None:
    lead = desk.register(
        Kind.TRANSFER,
        channel=Channel.SUPERIOR.value,
        reference="石人社转〔2026〕9号",
        due_on=day("2026-12-20"),
    ).lead
    assert terms(lead)["LEAD_DUE"] == ("2026-12-20", "running")
    services.accept(actor=desk.handler, lead=lead)
    assert terms(lead)["LEAD_LOOK"][1] == "met"
    assert terms(lead)["LEAD_DUE"][1] == "running"
    services.close(actor=desk.handler, lead=lead, outcome="电话核实，工资已于11月20日发放")
    assert terms(lead)["LEAD_DUE"][1] == "running"
    told = "答复投诉人、反馈来文单位并登记送达：1 件线索"
    assert told in [str(step.title) for step in next_steps.gather(desk.handler)]
    paper = services.answer(actor=desk.handler, lead=lead, verb="feed_back", text="工资已发放")
    with refused("lead.unserved_feed_back"):
        services.answer(actor=desk.handler, lead=lead, verb="feed_back", text="再写一份")
    served(desk, paper)
    assert terms(lead)["LEAD_DUE"][1] == "met"
    assert not [step for step in next_steps.gather(desk.handler) if "答复投诉人" in str(step.title)]


def test_a_term_goes_along_with_the_lead_to_another_handler(desk: Desk) -> None:
    lead = desk.complaint()
    another = make_officer(Role.INSPECTOR, unit=desk.unit, name="李接手")
    services.assign(actor=desk.head, lead=lead, handler=another)
    deadline = Deadline.objects.get(thing_type="leads.lead", thing_id=lead.pk)
    assert (deadline.owner_user, deadline.owner_unit) == (another, desk.unit)
    assert not Lead.objects.visible_to(desk.handler).exists()
    assert Lead.objects.visible_to(as_officer(another)).get() == lead


def test_a_corrected_day_of_receipt_counts_anew(desk: Desk) -> None:
    lead = desk.complaint()
    services.change_lead(actor=desk.coordinator, lead=lead, values={"received_on": day("2026-11-20")})
    assert terms(lead)["T01"] == ("2026-11-27", "running")


def test_what_came_long_ago_says_why_and_is_late_from_the_start(desk: Desk) -> None:
    with refused("lead.late"):
        desk.complaint(received_on=day("2026-03-02"))
    lead = desk.complaint(received_on=day("2026-03-02"), late_why="夹在旧案卷里，清理时发现")
    assert terms(lead)["T01"][0] == "2026-03-09"
    assert [step.title for step in next_steps.gather(desk.overseer)] == ["线索超期：1 件"]
    with refused("lead.too_early"):
        desk.complaint(received_on=day("2016-03-02"), late_why="年份写错了")


def test_what_was_registered_in_time_is_corrected_without_a_reason_for_being_late(desk: Desk) -> None:
    lead = desk.complaint()
    desk.clock.advance(days=14)
    services.change_lead(actor=desk.coordinator, lead=lead, values={"subject_text": "城南那家厂"})
    assert Lead.objects.get().subject_text == "城南那家厂"
    with refused("lead.late"):
        services.change_lead(actor=desk.coordinator, lead=lead, values={"received_on": day("2026-11-13")})


def test_a_complaint_that_was_passed_on_is_late_by_the_term_of_a_complaint(desk: Desk) -> None:
    parameters.set_value(
        actor=System(purpose="tests"),
        code="LEAD_LOOK_DAYS",
        value="15WD",
        effective_from=day("2026-11-02"),
        source="局务会纪要",
        why="补录",
    )
    given = {"received_on": day("2026-11-13")}
    desk.register(Kind.TRANSFER, **given)
    with refused("lead.late"):
        desk.register(Kind.TRANSFER, Person(Who.COMPLAINANT, "孙转来", "13900003333"), **given)


def test_what_was_entered_by_mistake_leaves_no_term_behind(desk: Desk) -> None:
    lead = desk.register(Kind.CLUE, channel=Channel.OWN_DATA.value, due_on=day("2026-12-20")).lead
    services.void(actor=desk.coordinator, lead=lead, reason="重复录入")
    assert {state for _due, state in terms(lead).values()} == {"cancelled"}


def test_two_years_after_its_end_a_violation_is_too_old(desk: Desk) -> None:
    lead = desk.complaint(violation_until=day("2024-11-22"))
    services.assess(actor=desk.handler, lead=lead, values={"jurisdiction": "ours"})
    with refused("lead.too_old"):
        services.accept(actor=desk.handler, lead=lead)
    services.propose(
        actor=desk.handler, lead=lead, proposal="decline", ground=Ground.TOO_OLD, reason="2024年就离职了"
    )
    lead.refresh_from_db()
    assert (lead.proposal, lead.proposed_by_id) == ("decline", desk.handler.id)
    paper = services.decline(actor=desk.head, lead=lead, ground=Ground.TOO_OLD, reason="2024年就离职了")
    assert (paper.number, terms(lead)["T01"][1]) == ("石栾人社监不受字〔2026〕第0001号", "met")
    assert terms(lead)["T02"] == ("2026-11-30", "running")
    with refused("lead.served_spoken"):
        served(desk, paper, how="spoken")
    served(desk, paper)
    assert terms(lead)["T02"][1] == "met"

    just = desk.complaint(violation_until=day("2024-11-23"))
    services.assess(actor=desk.handler, lead=just, values={"jurisdiction": "ours"})
    assert services.accept(actor=desk.handler, lead=just).state == "accepted"


def test_what_is_under_way_is_not_closed_by_hand_while_something_is_open(desk: Desk) -> None:
    from mingcha.leads import ways

    lead = desk.accepted()
    services.begin_inspection(actor=desk.head, lead=lead)
    done = ways.Followed("检查", "现场检查", "检查中", clock.today(), open=True)
    ways.followed.register("tests")(lambda viewer, about: [done] if about == lead else [])
    try:
        with refused("lead.unfinished"):
            services.close(actor=desk.handler, lead=lead, outcome="没有问题")
    finally:
        ways.followed.register("tests")(lambda viewer, about: [])
    assert services.close(actor=desk.handler, lead=lead, outcome="没有问题").state == "closed"
