"""A small county for tests of draws: ten subjects, four inspectors, three officers, a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from mingcha.accounts.models import UnitKind
from mingcha.accounts.selectors import bureau
from mingcha.accounts.services import create_unit
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock, testing
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.basics.selectors import approvals
from mingcha.basics.services.approvals import approve
from mingcha.items.testing import published_item
from mingcha.kernel import credit_code
from mingcha.planning import services
from mingcha.planning.dispatch.change_rules import foresee
from mingcha.planning.models import Campaign, ChangeRequest, Dispatch, Draw
from mingcha.planning.services.campaigns.moving import ROUTE
from mingcha.registry.models import Inspector, Subject
from mingcha.registry.services import enter_inspector, enter_subject

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI)
DIGITS = "39274018265501937742"
WITNESSES = (
    services.Present("张甲", "示范县企业协会", "enterprise"),
    services.Present("李乙", "", "worker"),
)


@dataclass
class County:
    """Who is there, and what time it is."""

    coordinator: Officer
    head: Officer
    leader: Officer
    overseer: Officer
    subjects: list[Subject]
    inspectors: list[Inspector]
    clock: clock.FixedClock


def load_initial() -> None:
    """The data that every installation starts with."""
    apps = ("accounts", "basics", "publication", "registry", "planning")
    testing.load_initial(*[f"{app}.initial" for app in apps])


def make_county(now: clock.FixedClock, *, subjects: int = 10, inspectors: int = 4) -> County:
    """The county at `now`; its people may do what their roles allow."""
    load_initial()
    organ = create_unit(
        actor=System(purpose="tests"),
        name="示范县人力资源和社会保障局",
        kind=UnitKind.BUREAU,
        division_code="130111",
    )
    coordinator = as_officer(make_officer(Role.COORDINATOR, unit=organ, name="周经办"))
    return County(
        coordinator=coordinator,
        head=as_officer(make_officer(Role.SECTION_HEAD, unit=organ, name="吴股长")),
        leader=as_officer(make_officer(Role.BUREAU_LEADER, unit=organ, name="郑局长")),
        overseer=as_officer(make_officer(Role.OVERSEER, unit=organ, name="冯督导")),
        subjects=[make_subject(coordinator, number) for number in range(1, subjects + 1)],
        inspectors=[make_inspector(coordinator, number, organ) for number in range(1, inspectors + 1)],
        clock=now,
    )


def make_subject(actor: Officer, number: int, **values: Any) -> Subject:
    """A made-up enterprise of Luancheng's code."""
    return enter_subject(
        actor=actor,
        values={
            "name": f"示范企业{number:02d}有限公司",
            "kind": Subject.Kind.ENTERPRISE,
            "credit_code": credit_code.synthetic(number),
            "registration": Subject.Registration.ACTIVE,
            "division_code": "130111",
            "town": "示范镇",
            "industry_code": "C13",
        }
        | values,
    )


def make_inspector(actor: Officer, number: int, unit: Any, **values: Any) -> Inspector:
    """A person with a certificate that is valid for years."""
    return enter_inspector(
        actor=actor,
        values={
            "name": f"执法{number}",
            "unit": unit,
            "certificate_number": f"1301110{number:04d}",
            "authority": "示范县人民政府",
            "valid_from": date(2024, 1, 1),
            "valid_until": date(2029, 12, 31),
            "specialties": [],
            "status": "active",
            "user": None,
        }
        | values,
    )


#: Of what `draft` is told, what belongs to the campaign.
OF_CAMPAIGN = ("kinds", "quota_mode", "rate_bp", "total", "team_size", "item_versions", "stratify")


def campaign(county: County, items: str = "工资支付与最低工资", **values: Any) -> Campaign:
    """A draft of an ad-hoc campaign: three of ten enterprises, two people each."""
    given = {
        "title": "工资支付随机抽查",
        "reason": "多起工资投诉",
        "item_versions": [published_item(items)] if "item_versions" not in values else [],
        "kinds": Subject.Kind.ENTERPRISE.value,
        "quota_mode": Campaign.QuotaMode.NUMBER,
        "rate_bp": 0,
        "total": 3,
        "manner_reason": "须当场核对原始记录",
        "lead_unit": bureau(),
        "visit_from": date(2026, 11, 24),
        "visit_until": date(2026, 12, 18),
        "avoid_seen": False,
        "team_size": 2,
    }
    return services.campaigns.draft_campaign(
        actor=county.coordinator, source=Campaign.Source.AD_HOC, values=given | values
    )


def approved(county: County, campaign: Campaign) -> Campaign:
    """Submit it and approve it."""
    services.campaigns.submit(actor=county.coordinator, campaign=campaign)
    approval = approvals.of_thing(ROUTE, Thing.of(campaign))
    if approval is None:
        raise LookupError("nobody has submitted this campaign")
    approve(actor=county.leader, approval_id=approval.pk, opinion="同意")
    return Campaign.objects.get(pk=campaign.pk)


def approved_campaign(county: County, **values: Any) -> Campaign:
    """An approved campaign, ready to be drawn."""
    return approved(county, campaign(county, **values))


def draft(county: County, of: Campaign | None = None, **values: Any) -> Draw:
    """A draft that may be sealed; of a campaign of its own unless one is given.

    What concerns the campaign (`OF_CAMPAIGN`, the window) goes there.
    """
    if of is None:
        window = {name: values[name] for name in ("visit_from", "visit_until") if name in values}
        asked = {name: values.pop(name) for name in (*OF_CAMPAIGN, "items") if name in values}
        of = approved_campaign(county, **window | asked)
    given = {
        "title": "工资支付随机抽查",
        "reserve_pct": 50,
        "capacity": 5,
        "specialty": None,
        "visit_from": of.visit_from,
        "visit_until": of.visit_until,
        "reveal_at": clock.now() + timedelta(minutes=30),
        "reveal_place": "政务服务中心",
        "repeat_reason": "",
    }
    return services.plan_draw(actor=county.coordinator, campaign=of, values=given | values)


def sealed(county: County, **values: Any) -> Draw:
    """A sealed draw; where it says why it is drawn again, the leader has agreed."""
    draw = draft(county, **values)
    if draw.repeat_reason:
        draw = services.agree_to_repeat(actor=county.leader, draw=draw)
    return services.seal(actor=county.coordinator, draw=draw)


def revealed(county: County, digits: str = DIGITS, **values: Any) -> Draw:
    """A draw whose digits the coordinator has entered half an hour after sealing."""
    draw = sealed(county, **values)
    county.clock.advance(minutes=31)
    return services.enter_digits(actor=county.coordinator, draw=draw, digits=digits, witnesses=WITNESSES)


def drawn(county: County, digits: str = DIGITS, **values: Any) -> Draw:
    """A finished draw, confirmed by the overseer."""
    return services.confirm_digits(actor=county.overseer, draw=revealed(county, digits, **values))


def handed_on(county: County, **values: Any) -> Dispatch:
    """The tasks of a finished draw, with the answering section and confirmed."""
    batch = Dispatch.objects.get(draw=drawn(county, **values))
    services.dispatch.dispatch(actor=county.coordinator, batch=batch)
    return services.dispatch.confirm(actor=county.head, batch=batch)


def grounds(cause: str) -> services.dispatch.Grounds:
    """A reason with a paper that proves it."""
    paper = SimpleUploadedFile("证明.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    return services.dispatch.Grounds(cause, "已经核实", paper)


def agreed(county: County, request: ChangeRequest) -> ChangeRequest:
    """The leader has looked at what it does, and agrees."""
    found = foresee(request.dispatch, request.kind, task=request.task, inspector=request.inspector)
    return services.dispatch.approve(actor=county.leader, request=request, seen=found.digest)
