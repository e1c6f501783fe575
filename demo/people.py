"""Who works in the demo county, and with which password they sign in. Made-up people.

`python -m demo.people` prints the login names and words that the demo's pages offer for changing roles.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from demo.county import BUREAU, DIVISION, JUSTICE, PARTNERS, SECTIONS, Size
from mingcha.base.roles import Reach, Role

#: The same for everyone, printed at every start; the demo listens on this machine only.
PASSWORD = "Mingcha-demo-2026"


@dataclass(frozen=True)
class Login:
    """One login of the demo."""

    username: str
    name: str
    role: Role
    unit: str
    #: What the person is, in words that no other of the demo has.
    called: str
    reach: Reach = Reach.BUREAU


PEOPLE = (
    Login("jingban", "周经办", Role.COORDINATOR, SECTIONS[0], "综合经办"),
    Login("guzhang", "吴股长", Role.SECTION_HEAD, SECTIONS[0], "股室负责人", Reach.SECTION),
    Login("juzhang", "郑局长", Role.BUREAU_LEADER, BUREAU, "局领导"),
    Login("zhifa1", "王一鸣", Role.INSPECTOR, SECTIONS[0], "执法人员", Reach.OWN),
    Login("dudao", "冯督导", Role.OVERSEER, JUSTICE, "督导员"),
    Login("xietong", "陈协同", Role.PARTNER, PARTNERS[0], "协同部门", Reach.SECTION),
    Login("guanli", "褚管理", Role.ADMINISTRATOR, BUREAU, "系统管理员"),
    Login("shebao", "卫股长", Role.SECTION_HEAD, SECTIONS[1], "社保股负责人", Reach.SECTION),
    Login("peixun", "蒋股长", Role.SECTION_HEAD, SECTIONS[2], "培训股负责人", Reach.SECTION),
)


@dataclass(frozen=True)
class DemoInspector:
    """One certified person; `post` and `limit` are of those who also lead and go out less."""

    name: str
    section: str
    specialties: tuple[str, ...]
    post: str = "科员"
    limit: int | None = None
    username: str = ""


#: Twelve, of whom two also lead.
INSPECTORS = (
    DemoInspector("王一鸣", SECTIONS[0], ("ldjc", "lwpq"), username="zhifa1"),
    DemoInspector("李二南", SECTIONS[0], ("ldjc", "lwpq")),
    DemoInspector("赵三江", SECTIONS[0], ("ldjc", "xyt")),
    DemoInspector("钱四海", SECTIONS[0], ("ldjc",)),
    DemoInspector("孙五岳", SECTIONS[0], ("ldjc", "sbjh"), post="大队长", limit=60),
    DemoInspector("徐六合", SECTIONS[1], ("sbjh", "ldjc")),
    DemoInspector("朱七星", SECTIONS[1], ("sbjh",)),
    DemoInspector("秦八方", SECTIONS[1], ("sbjh", "ldjc")),
    DemoInspector("许九成", SECTIONS[1], ("sbjh",), post="副主任", limit=60),
    DemoInspector("何十里", SECTIONS[2], ("pxjg", "rlzy")),
    DemoInspector("吕百川", SECTIONS[2], ("pxjg", "rlzy", "ldjc")),
    DemoInspector("施千帆", SECTIONS[2], ("rlzy", "lwpq")),
)
_SURNAMES = "张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪"

#: Who goes along but is never drawn: name, kind, section, duties.
COMPANIONS = (
    ("高专家", "expert", SECTIONS[1], "工资与社会保险账务核查"),
    ("林专家", "expert", SECTIONS[2], "职业培训质量评估"),
    ("何协助", "helper", SECTIONS[0], "资料整理、现场记录协助"),
    ("罗协助", "helper", SECTIONS[1], "参保数据调取、记录协助"),
    ("梁协助", "helper", SECTIONS[2], "引导、记录协助"),
)


def inspectors(size: Size) -> Iterator[DemoInspector]:
    """The twelve, and in a larger bureau others after them."""
    yield from INSPECTORS[: size.inspectors]
    for number in range(len(INSPECTORS), size.inspectors):
        pattern = INSPECTORS[number % len(INSPECTORS)]
        name = f"{_SURNAMES[number % len(_SURNAMES)]}示{number}"
        yield DemoInspector(name, pattern.section, pattern.specialties, post="执法人员")


def enter_people() -> dict[str, Any]:
    """Units and logins; gives who acts, by login name."""
    from mingcha.accounts.models import Capacity, UnitKind, User
    from mingcha.accounts.selectors import officer_of
    from mingcha.accounts.services import create_unit, create_user, grant_role
    from mingcha.base import clock
    from mingcha.base.viewers import System

    actor = System(purpose="demo")
    bureau = create_unit(
        actor=actor, name=BUREAU, kind=UnitKind.BUREAU, division_code=DIVISION, capacity=Capacity.ORGAN
    )
    units = {BUREAU: bureau}
    for name in SECTIONS:
        units[name] = create_unit(actor=actor, name=name, parent=bureau)
    for name in PARTNERS:
        units[name] = create_unit(actor=actor, name=name, kind=UnitKind.PARTNER, division_code=DIVISION)
    units[JUSTICE] = create_unit(actor=actor, name=JUSTICE, kind=UnitKind.JUSTICE, division_code=DIVISION)
    for person in PEOPLE:
        unit = units[person.unit]
        user = create_user(actor=actor, username=person.username, name=person.name, unit=unit)
        grant_role(
            actor=actor,
            user=user,
            role=person.role,
            reach=person.reach,
            unit=unit if person.reach == Reach.SECTION else None,
        )
        # The demo's printed password: nobody has to change it at the first sign-in.
        user.set_password(PASSWORD)
        user.must_change_password = False
        user.password_changed_at = clock.now()
        user.save()
    return {one.username: officer_of(User.objects.get(username=one.username)) for one in PEOPLE}


def enter_inspectors(coordinator: Any, size: Size) -> None:
    """Those who can be drawn with their certificates, and those who go along."""
    from mingcha.accounts.models import Unit
    from mingcha.base import clock
    from mingcha.registry.models import Specialty
    from mingcha.registry.services import enter_inspector

    year, units = clock.today().year, {unit.name: unit for unit in Unit.objects.all()}
    for number, one in enumerate(inspectors(size), start=1):
        enter_inspector(
            actor=coordinator,
            values={
                "name": one.name,
                "unit": units[one.section],
                "post": one.post,
                "certificate_number": f"{DIVISION}{number:05d}",
                "authority": "示范县人民政府",
                "field": "人力资源社会保障",
                "territory": "示范县",
                "valid_from": date(year - 2, 1, 1),
                "valid_until": date(year + 3, 12, 31),
                "specialties": Specialty.objects.filter(code__in=one.specialties),
                "yearly_limit": one.limit,
                "status": "active",
                "user": _account(one, number, units[one.section]),
            },
        )
    for name, kind, section, duties in COMPANIONS:
        enter_inspector(
            actor=coordinator, values={"name": name, "kind": kind, "unit": units[section], "duties": duties}
        )


def _account(one: DemoInspector, number: int, unit: Any) -> Any:
    """The account of an inspector; with those that the demo does not offer nobody signs in."""
    from mingcha.accounts.models import User
    from mingcha.accounts.services import create_user, grant_role
    from mingcha.base.viewers import System

    if one.username:
        return User.objects.get(username=one.username)
    actor = System(purpose="demo")
    user = create_user(actor=actor, username=f"zhifa{number}", name=one.name, unit=unit)
    grant_role(actor=actor, user=user, role=Role.INSPECTOR, reach=Reach.OWN)
    return user


def offered() -> str:
    """What `MINGCHA_DEMO_PEOPLE` says: login name, name and role of everyone the demo's pages offer."""
    return ",".join(f"{one.username}={one.name}={one.called}" for one in PEOPLE)


if __name__ == "__main__":
    sys.stdout.write(offered() + "\n")
