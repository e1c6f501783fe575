"""What came in from outside, one of each kind, and the single inspections that were made of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from demo.approvals import approve
from demo.county import SECTIONS
from demo.lists import Noted

#: Firms to which nothing else happens in the demo stand after these in the list of those with people.
_FROM, _FIRMS = 40, 7
_WATCH, _INSURANCE = ("王一鸣", "李二南"), ("徐六合", "秦八方")


def received(people: dict[str, Any], noted: Noted) -> None:
    """Last week's: a complaint, a report, a transfer, a clue from our own data, a firm's request.

    The request became an inspection that was taken back; besides, one visit was made that is no inspection.
    """
    from mingcha.base import clock
    from mingcha.leads import services
    from mingcha.leads.services import Person

    firms = _firms(noted)
    complainant = Person("complainant", "赵来访", "13900001111")
    complaint = _registered(
        people,
        ("complaint", "window", firms[0]),
        "三个月的加班费没有发，涉及同班组 5 人",
        complainant,
        persons=5,
    )
    services.assess(actor=people["guzhang"], lead=complaint, values={"jurisdiction": "ours"})
    services.accept(actor=people["guzhang"], lead=complaint)
    reporter = Person("reporter", "不愿透露", "13900002222")
    _registered(people, ("report", "telephone", firms[1]), "暑期招用未满十六周岁的学生", reporter)
    _registered(
        people,
        ("transfer", "superior", firms[2]),
        "市局转来国务院欠薪线索平台的线索，请核实并按期反馈",
        reference="石人社监转〔演示〕17号",
        due_on=clock.today() + timedelta(days=20),
    )
    clue = _registered(people, ("clue", "own_data", firms[3]), "备案在职 18 人，参保 6 人，连续三个月")
    services.accept(actor=people["guzhang"], lead=clue)
    request = _registered(people, ("request", "window", firms[4]), "拟申报和谐劳动关系企业，请上门看看台账")
    services.accept(actor=people["guzhang"], lead=request)
    _taken_back(people, request)
    _looked_round(people, firms[5])
    _settled(people, firms[6])


def waiting(people: dict[str, Any]) -> None:
    """Today's: one inspection that the leader agreed to by telephone, one that waits for the leader."""
    from mingcha.base import clock
    from mingcha.basics.selectors import approvals as asked
    from mingcha.basics.services import approvals
    from mingcha.inspection import services
    from mingcha.inspection.sheets import ROUTE, sheet
    from mingcha.leads.models import Lead

    urgent = _drafted(
        people,
        Lead.objects.get(kind="complaint", state="accepted"),
        (_WATCH, "RS06"),
        "核实拖欠加班费的投诉",
        exempt_reason="投诉举报",
        why_on_site="须当场核对考勤和工资发放的原始记录",
    )
    services.propose(actor=people["jingban"], inspection=urgent)
    approval = asked.of_thing(ROUTE, sheet(urgent))
    assert approval is not None  # noqa: S101  proposing asks for it
    approvals.telephone(
        actor=people["jingban"],
        approval_id=approval.pk,
        approver_id=people["juzhang"].id,
        spoken_at=clock.now() - timedelta(minutes=30),
        reason="投诉人反映企业正在转移账册，局长在外开会，先以电话请示",
    )
    proposed = _drafted(
        people,
        Lead.objects.get(kind="clue"),
        (_INSURANCE, "RS07"),
        "核实参保缺口的线索",
        exempt_reason="非现场监管发现线索",
        why_on_site="须当场核对在岗人员和花名册",
    )
    services.propose(actor=people["jingban"], inspection=proposed)


def _firms(noted: Noted) -> list[Any]:
    """Seven firms with people to whom no list sends anybody, in the county's order."""
    from mingcha.registry.models import Subject

    free = Subject.objects.filter(tasks__isnull=True, credit_code__in=[one.code for one in noted.working])
    found = {one.credit_code: one for one in free}
    codes = [firm.code for firm in noted.working if firm.code in found]
    start = min(_FROM, len(codes) - _FIRMS)
    return [found[code] for code in codes[start : start + _FIRMS]]


def _registered(
    people: dict[str, Any], about: tuple[str, str, Any], what: str, person: Any = None, **values: Any
) -> Any:
    """`about` is the kind, the channel and the firm."""
    from mingcha.accounts.models import Unit, User
    from mingcha.base import clock
    from mingcha.leads import services

    kind, channel, firm = about
    given = {
        "kind": kind,
        "channel": channel,
        "received_on": clock.today(),
        "subject": firm,
        "subject_text": firm.name,
        "what": what,
        "unit": Unit.objects.get(name=SECTIONS[0]),
        "handler": User.objects.get(pk=people["guzhang"].id),
        **values,
    }
    return services.register_lead(actor=people["jingban"], values=given, person=person).lead


def _draft(names: tuple[str, ...], item: str, purpose: str, *, days: int = 10, **values: Any) -> Any:
    from mingcha.accounts.models import Unit
    from mingcha.base import clock
    from mingcha.inspection import services
    from mingcha.items.selectors import on_the_list
    from mingcha.registry.models import Inspector

    people = {one.name: one for one in Inspector.objects.filter(name__in=names)}
    today: date = clock.today()
    return services.Draft(
        unit=Unit.objects.get(name=SECTIONS[0]),
        visit_from=today,
        visit_until=today + timedelta(days=days),
        purpose=purpose,
        items=list(on_the_list().filter(item__code=item)),
        team=[people[name] for name in names],
        **values,
    )


def _drafted(
    people: dict[str, Any], lead: Any, going: tuple[tuple[str, ...], str], purpose: str, **values: Any
) -> Any:
    """`going` are the names of those who go and the code of the item."""
    from mingcha.inspection import services

    draft = _draft(*going, purpose, **values)
    return services.draft(actor=people["jingban"], subject=lead.firm, leads=[lead], values=draft)


def _taken_back(people: dict[str, Any], request: Any) -> None:
    """Approved, then cancelled because the firm no longer asks for it."""
    from mingcha.inspection import services

    why = {"exempt_reason": "企业申请", "why_on_site": "企业申请上门指导"}
    made = _drafted(people, request, (_WATCH, "RS06"), "应企业申请查看台账", **why)
    services.propose(actor=people["jingban"], inspection=made)
    _agreed(people["juzhang"], made)
    services.cancel(actor=people["guzhang"], inspection=made, reason="企业来函撤回申请，另行约定时间")


def _settled(people: dict[str, Any], firm: Any) -> None:
    """A complaint that came to its end: the firm paid, who complained was answered, and signed for it."""
    from mingcha.base import clock
    from mingcha.leads import services
    from mingcha.leads.services import Person

    complainant = Person("complainant", "孙来电", "13900003333")
    lead = _registered(
        people, ("complaint", "telephone", firm), "离职后上月工资一直没有结清", complainant, persons=1
    )
    handler = people["guzhang"]
    services.assess(actor=handler, lead=lead, values={"jurisdiction": "ours"})
    services.accept(actor=handler, lead=lead)
    services.close(actor=handler, lead=lead, outcome="电话核实属实，企业当日补发工资 3,200 元，附转账凭证")
    told = "您反映的工资已由企业补发，请核对到账；有异议的可以再次反映"
    notice = services.answer(actor=handler, lead=lead, verb="answer", text=told)
    services.serve(actor=handler, notice=notice, on=clock.today(), how="direct", receiver="孙来电")


def _looked_round(people: dict[str, Any], firm: Any) -> None:
    """调研: registered at the door as any visit, counted apart, without a record and a result."""
    from mingcha.accounts.selectors import officer_of
    from mingcha.base import clock
    from mingcha.inspection import services

    values = _draft(
        _WATCH, "", "调研新业态用工情况", days=1, kind="other", asked_by="局领导", why_on_site="了解用工现场"
    )
    made = services.draft(actor=people["jingban"], subject=firm, values=values)
    services.propose(actor=people["jingban"], inspection=made)
    _agreed(people["guzhang"], made)
    made.refresh_from_db()
    user = made.team[0].user
    assert user is not None  # noqa: S101  every inspector of the demo has an account
    actor = officer_of(user)
    services.issue_package(actor=actor, inspection=made)
    services.enter(actor=actor, inspection=made, via="code", people=[one.pk for one in made.team])
    with clock.using(clock.FixedClock(clock.now() + timedelta(minutes=35))):
        services.leave(actor=actor, inspection=made)


def _agreed(approver: Any, inspection: Any) -> None:
    from mingcha.inspection.sheets import OTHER_ROUTE, ROUTE, sheet

    approve(approver, ROUTE if inspection.enforcing else OTHER_ROUTE, sheet(inspection))
