"""A bureau that receives leads, for tests: its people, two firms, a clock. Production imports nothing here.

desk = make_desk(now)
lead = desk.complaint(handler=desk.handler)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mingcha.accounts.models import Unit, User
from mingcha.accounts.testing import as_officer, make_officer, make_unit
from mingcha.base import clock, testing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.leads import services
from mingcha.leads.models import Lead
from mingcha.leads.services import Person, Registered
from mingcha.leads.vocabulary import Channel, Jurisdiction, Kind, Who
from mingcha.planning.testing import make_subject
from mingcha.registry.models import Subject

#: A Monday.
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI)


@dataclass
class Desk:
    """Who works on leads; `people` are the rows behind the viewers, by the same names."""

    unit: Unit
    coordinator: Officer
    head: Officer
    leader: Officer
    overseer: Officer
    handler: Officer
    other: Officer
    people: dict[str, User]
    firms: list[Subject]
    clock: clock.FixedClock

    def register(self, kind: str, person: Person | None = None, **values: Any) -> Registered:
        """A lead of this kind as the coordinator enters it today."""
        given: dict[str, Any] = {
            "kind": kind,
            "channel": Channel.WINDOW.value,
            "received_on": clock.today(),
            "subject": self.firms[0],
            "subject_text": "那家厂",
            "what": "三个月没有发工资",
            "unit": self.unit,
            "handler": self.people["handler"],
            **values,
        }
        return services.register_lead(actor=self.coordinator, values=given, person=person)

    def complaint(self, name: str = "赵来访", phone: str = "13900001111", **values: Any) -> Lead:
        """A complaint by one person."""
        person = Person(Who.COMPLAINANT, name, phone, "110105194912310021")
        return self.register(Kind.COMPLAINT, person, **values).lead

    def accepted(self, **values: Any) -> Lead:
        """A complaint that was looked at and taken up."""
        lead = self.complaint(**values)
        services.assess(actor=self.handler, lead=lead, values={"jurisdiction": Jurisdiction.OURS})
        return services.accept(actor=self.handler, lead=lead)


def make_desk(now: clock.FixedClock) -> Desk:
    """The bureau at `now`."""
    testing.load_initial(*[f"{app}.initial" for app in ("accounts", "basics", "registry", "leads")])
    unit, elsewhere = make_unit("劳动监察股"), make_unit("仲裁股")
    people = {
        "coordinator": make_officer(Role.COORDINATOR, unit=unit, name="周经办"),
        "head": make_officer(Role.SECTION_HEAD, unit=unit, name="吴股长"),
        "leader": make_officer(Role.BUREAU_LEADER, unit=unit, name="郑局长"),
        "overseer": make_officer(Role.OVERSEER, unit=unit, name="冯督导"),
        "handler": make_officer(Role.INSPECTOR, unit=unit, name="钱承办"),
        "other": make_officer(Role.SECTION_HEAD, Role.INSPECTOR, unit=elsewhere, name="孙别股"),
    }
    viewers = {name: as_officer(person) for name, person in people.items()}
    firms = [make_subject(viewers["coordinator"], number) for number in (1, 2)]
    return Desk(unit=unit, people=people, firms=firms, clock=now, **viewers)


def day(text: str) -> date:
    """A date from its ISO text."""
    return date.fromisoformat(text)
