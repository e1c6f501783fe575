"""Load the demo county through the services, some of it under a past clock; twice changes nothing."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.project.settings")
    django.setup()
    from django.conf import settings

    from mingcha.registry.models import Subject

    if not settings.DEMO:
        sys.exit("The demo county is loaded only with MINGCHA_DEMO=1.")
    if not Subject.objects.exists():
        _load()
    _print_people()


def _load() -> None:
    from demo import plans
    from mingcha.base import clock

    last_week = datetime.combine(clock.today() - timedelta(days=7), time(9, 0), clock.SHANGHAI)
    with clock.using(clock.FixedClock(last_week)) as past:
        people = _people()
        _registers(people["jingban"])
        _counts(people["jingban"])
        _companions(people["jingban"])
        _absences_and_recusals(people["jingban"])
        _past_visits(people["jingban"])
        _finished_draw(people, past)
        plans.published(people["jingban"], people["juzhang"])
    plans.draft(people["jingban"])
    _draft(people)


def _people() -> dict[str, Any]:
    from demo.people import BUREAU, DIVISION, PARTNERS, PASSWORD, PEOPLE, SECTIONS
    from mingcha.accounts.models import Capacity, UnitKind, User
    from mingcha.accounts.selectors import officer_of
    from mingcha.accounts.services import create_unit, create_user, grant_role
    from mingcha.base import clock
    from mingcha.base.roles import Reach
    from mingcha.base.viewers import System

    actor = System(purpose="demo")
    bureau = create_unit(
        actor=actor, name=BUREAU, kind=UnitKind.BUREAU, division_code=DIVISION, capacity=Capacity.ORGAN
    )
    units = {BUREAU: bureau}
    for name in SECTIONS:
        units[name] = create_unit(actor=actor, name=name, parent=bureau)
    for name, kind in zip(PARTNERS, (UnitKind.PARTNER, UnitKind.JUSTICE), strict=True):
        units[name] = create_unit(actor=actor, name=name, kind=kind, division_code=DIVISION)
    for person in PEOPLE:
        unit = units[person.unit]
        user = create_user(actor=actor, username=person.username, name=person.name, unit=unit)
        for role in person.roles:
            grant_role(
                actor=actor,
                user=user,
                role=role,
                reach=person.reach,
                unit=unit if person.reach == Reach.SECTION else None,
            )
        # The demo's printed password: nobody has to change it at the first sign-in.
        user.set_password(PASSWORD)
        user.must_change_password = False
        user.password_changed_at = clock.now()
        user.save()
    return {p.username: officer_of(User.objects.get(username=p.username)) for p in PEOPLE}


def _registers(coordinator: Any) -> None:
    from demo.firms import firms
    from demo.people import BUREAU, INSPECTORS
    from mingcha.accounts.models import Unit, User
    from mingcha.base import clock
    from mingcha.registry.models import Specialty
    from mingcha.registry.services import enter_inspector, enter_subject

    for values in firms():
        enter_subject(actor=coordinator, values=values)
    year = clock.today().year
    for name, section, number, specialties, username in INSPECTORS:
        enter_inspector(
            actor=coordinator,
            values={
                "name": name,
                "unit": Unit.objects.get(name=section),
                "certificate_number": number,
                "authority": BUREAU,
                "valid_from": date(year - 2, 1, 1),
                "valid_until": date(year + 3, 12, 31),
                "specialties": Specialty.objects.filter(code__in=specialties),
                "status": "active",
                "user": User.objects.filter(username=username).first() if username else None,
            },
        )


def _counts(coordinator: Any) -> None:
    """People, disputes and complaints of some firms; of the others nothing is known."""
    from mingcha.base import clock
    from mingcha.registry.models import Subject
    from mingcha.registry.services import add_part

    until = clock.today().replace(day=1) - timedelta(days=1)
    for place, firm in enumerate(Subject.objects.filter(kind=Subject.Kind.ENTERPRISE).order_by("pk")[:36]):
        workers = 12 + place * 37 % 240
        people = {"workers": workers, "insured": workers * 9 // 10, "dispatched": None, "source": "用工备案"}
        cases = {"disputes": place % 5 // 3, "complaints": place % 7, "source": "仲裁院、监察大队台账"}
        for part, values in (("headcounts", people), ("cases", cases)):
            add_part(actor=coordinator, part=part, subject=firm, values={"counted_on": until, **values})


def _companions(coordinator: Any) -> None:
    from demo.people import COMPANIONS
    from mingcha.accounts.models import Unit
    from mingcha.registry.services import enter_inspector

    for name, kind, section, duties in COMPANIONS:
        unit = Unit.objects.get(name=section)
        enter_inspector(
            actor=coordinator, values={"name": name, "kind": kind, "unit": unit, "duties": duties}
        )


def _absences_and_recusals(coordinator: Any) -> None:
    """One person away for a fortnight, one who must stay away from a firm."""
    from mingcha.base import clock
    from mingcha.registry.models import Inspector, Recusal, Subject
    from mingcha.registry.services import declare_recusal, enter_leave

    away, related = Inspector.objects.get(name="徐六合"), Inspector.objects.get(name="李二南")
    first = clock.today() + timedelta(days=5)
    enter_leave(
        actor=coordinator,
        values={
            "inspector": away,
            "kind": "training",
            "first_day": first,
            "last_day": first + timedelta(days=13),
        },
    )
    declare_recusal(
        actor=coordinator,
        values={
            "subject": Subject.objects.order_by("pk")[7],
            "inspector": related,
            "kind": Recusal.Kind.FAMILY,
            "basis": "兄长任该公司副经理",
            "valid_from": clock.today(),
            "valid_until": None,
            "declared_by": related.name,
            "declared_on": clock.today(),
        },
    )


def _past_visits(coordinator: Any) -> None:
    """Visits of this year: one firm seen twice, two sections that came together."""
    from mingcha.base import clock
    from mingcha.registry.models import Subject
    from mingcha.registry.services import record_visit

    firms = list(Subject.objects.order_by("pk")[:4])
    spring = date(clock.today().year, 3, 12)
    for subject, day, unit, together in (
        (firms[0], spring, "劳动监察股", ""),
        (firms[0], spring + timedelta(days=60), "社会保险股", ""),
        (firms[1], spring, "劳动监察股", "LH-01"),
        (firms[1], spring, "社会保险股", "LH-01"),
        (firms[2], spring + timedelta(days=9), "就业培训股", ""),
    ):
        if day <= clock.today():
            record_visit(
                actor=coordinator,
                values={
                    "subject": subject,
                    "visited_on": day,
                    "kind": "routine",
                    "manner": "on_site",
                    "unit_name": unit,
                    "own_bureau": True,
                    "together": together,
                    "items": "劳动用工、工资支付",
                    "outcome": "未发现问题",
                    "exempt_reason": "",
                },
            )


def _finished_draw(people: dict[str, Any], past: Any) -> None:
    """A campaign of last week, drawn in the open, its tasks handed on and confirmed the same day."""
    from demo import campaigns
    from mingcha.planning import services

    campaign = campaigns.approved(people, "工资支付专项随机抽查", "RS06", "上月工资投诉集中")
    draw = campaigns.draw(people["jingban"], campaign, minutes=30)
    draw = services.seal(actor=people["jingban"], draw=draw)
    past.advance(minutes=35)
    services.enter_digits(
        actor=people["jingban"],
        draw=draw,
        digits="39274018265501937742",
        witnesses=(
            services.Present("张甲", "示范企业协会", "enterprise"),
            services.Present("李乙", "示范县总工会", "worker"),
            services.Present("冯督", "示范县司法局", "justice"),
        ),
    )
    past.advance(minutes=3)
    draw = services.confirm_digits(actor=people["dudao"], draw=draw)
    past.advance(minutes=20)
    batch = services.dispatch.dispatch(actor=people["jingban"], batch=draw.dispatch)
    past.advance(hours=5)
    services.dispatch.confirm(actor=people["guzhang"], batch=batch)


def _draft(people: dict[str, Any]) -> None:
    """A draw that a visitor can seal at once: it is revealed twenty minutes from now."""
    from demo import campaigns

    campaign = campaigns.approved(people, "社会保险参保随机抽查", "RS07", "参保比对发现缺口")
    campaigns.draw(people["jingban"], campaign, minutes=20)
    campaigns.of_the_plan(people["jingban"])


def _print_people() -> None:
    from demo.people import PASSWORD, PEOPLE

    lines = ["", "可以登录的人（密码都是 " + PASSWORD + "）："]
    for person in PEOPLE:
        roles = "、".join(str(role.label) for role in person.roles)
        lines.append(f"  {person.username:<10}{person.name}　{roles}")
    lines += ["公众不用登录。", ""]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
