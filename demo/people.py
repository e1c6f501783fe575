"""Who works in the demo county, and with which password they sign in. Made-up people."""

from __future__ import annotations

from dataclasses import dataclass

from mingcha.base.roles import Reach, Role

#: The same for everyone, printed at every start; the demo listens on this machine only.
PASSWORD = "Mingcha-demo-2026"


@dataclass(frozen=True)
class DemoPerson:
    username: str
    name: str
    roles: tuple[Role, ...]
    unit: str
    reach: Reach = Reach.BUREAU


BUREAU = "示范县人力资源和社会保障局"
SECTIONS = ("劳动监察股", "社会保险股", "就业培训股")
PARTNERS = ("示范县市场监督管理局", "示范县司法局")
DIVISION = "130111"

PEOPLE = (
    DemoPerson("jingban", "周经办", (Role.COORDINATOR,), SECTIONS[0]),
    DemoPerson("guzhang", "吴股长", (Role.SECTION_HEAD,), SECTIONS[0], Reach.SECTION),
    DemoPerson("juzhang", "郑局长", (Role.BUREAU_LEADER,), BUREAU),
    DemoPerson("zhifa1", "王一鸣", (Role.INSPECTOR,), SECTIONS[0], Reach.OWN),
    DemoPerson("dudao", "冯督导", (Role.OVERSEER,), PARTNERS[1]),
    DemoPerson("xietong", "陈协同", (Role.PARTNER,), PARTNERS[0], Reach.SECTION),
    DemoPerson("guanli", "褚管理", (Role.ADMINISTRATOR,), BUREAU),
)

#: name, section, certificate number, specialties, login name if any.
INSPECTORS = (
    ("王一鸣", SECTIONS[0], "13011100001", ("ldjc",), "zhifa1"),
    ("李二南", SECTIONS[0], "13011100002", ("ldjc", "lwpq"), ""),
    ("赵三江", SECTIONS[0], "13011100003", ("ldjc", "xyt"), ""),
    ("钱四海", SECTIONS[1], "13011100004", ("sbjh",), ""),
    ("孙五岳", SECTIONS[1], "13011100005", ("sbjh", "ldjc"), ""),
    ("徐六合", SECTIONS[2], "13011100006", ("pxjg", "rlzy"), ""),
)

#: Who goes along but is never drawn: name, kind, section, duties.
COMPANIONS = (
    ("高专家", "expert", SECTIONS[1], "工资与社会保险账务核查"),
    ("何协助", "helper", SECTIONS[0], "资料整理、现场记录协助"),
)
