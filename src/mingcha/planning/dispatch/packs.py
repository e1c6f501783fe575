"""任务包: what is taken along into one town in one week: route, firms, what to look at, what to carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.viewers import System, Viewer
from mingcha.items.models import ItemVersion
from mingcha.kernel.rounds import sunday_of, week_of
from mingcha.planning.dispatch.diary import given, slot_of
from mingcha.planning.dispatch.shares import Share, shares_of
from mingcha.planning.models import Dispatch, Task, VisitSlot
from mingcha.registry.models import Contact
from mingcha.registry.services.parts import masked_contact
from mingcha.web.text import Text

#: What everybody carries, each with what it rests on (国办发〔2024〕54号五; domain E8).
TO_CARRY: tuple[tuple[Text, Text], ...] = (
    (_("行政执法证，每人一本，主动出示，不得以其他证件代替"), _("行政处罚法第55条")),
    (_("行政检查通知书，写明事项、依据、时间、人员"), _("国办发〔2024〕54号五")),
    (_("检查记录表，一户一份"), _("国办发〔2024〕54号五")),
    (_("执法记录仪，电量和存储够用"), _("国办发〔2024〕54号五")),
    (
        _("权利义务告知：申请回避、陈述申辩、拒绝检查清单以外的事项"),
        _("行政处罚法第43条；劳动保障监察条例第16条"),
    ),
)
_PLATFORM = System(purpose="packs")


@dataclass(frozen=True)
class Called:
    """Whom one asks for at a firm, masked; `key` leads to where the number can be asked for with a reason."""

    post: str
    name: str
    phone: str
    key: int | None


@dataclass(frozen=True)
class Stop:
    """One firm on the route."""

    task: Task
    slot: VisitSlot
    contacts: Sequence[Called]


@dataclass(frozen=True)
class TeamRoute:
    """One team's firms in the order of the visits; the first of the team leads."""

    leader: str
    others: str
    stops: Sequence[Stop]


@dataclass(frozen=True)
class Pack:
    """One town in one week as this viewer may know it."""

    batch: Dispatch
    town: str
    monday: date
    routes: Sequence[TeamRoute]
    items: Sequence[ItemVersion]
    shares: Sequence[Share]
    printed_at: datetime

    to_carry = TO_CARRY

    @property
    def sunday(self) -> date:
        return sunday_of(self.monday)

    @property
    def firms(self) -> int:
        return sum(len(route.stops) for route in self.routes)

    @property
    def for_show(self) -> bool:
        """Whether it comes out of a demo county: the paper says so wherever it is taken."""
        return bool(settings.DEMO)

    @property
    def withheld(self) -> bool:
        """Whether the list is still kept from the public."""
        return self.batch.draw is not None and self.batch.draw.withheld


def pack_of(viewer: Viewer, batch_id: int, town: str, week: date) -> Pack | None:
    """The pack of a town and week; of an inspector's own firms only, for an inspector. None where the viewer
    may know of none."""
    monday = week_of(week)
    rows = Task.objects.visible_to(viewer).filter(
        dispatch=batch_id, subject__town=town, slot__day__range=(monday, sunday_of(monday))
    )
    tasks = list(given(rows).order_by("slot__day", "-slot__morning", "seq"))
    if not tasks:
        return None
    batch = Dispatch.objects.select_related("campaign", "unit", "draw").get(pk=batch_id)
    versions = batch.item_versions.select_related("item").prefetch_related("points", "materials")
    return Pack(
        batch=batch,
        town=town,
        monday=monday,
        routes=_routes(viewer, tasks),
        items=list(versions.order_by("item__code")),
        shares=shares_of(batch.campaign),
        printed_at=clock.now(),
    )


def _routes(viewer: Viewer, tasks: Sequence[Task]) -> list[TeamRoute]:
    contacts = contacts_of(viewer, [task.subject_id for task in tasks])
    by_team: defaultdict[tuple[int, ...], list[Stop]] = defaultdict(list)
    for task in tasks:
        slot = slot_of(task)
        if slot is not None:
            team = tuple(member.inspector_id for member in task.team)
            by_team[team].append(Stop(task, slot, contacts[task.subject_id]))
    return [_route(stops) for stops in by_team.values()]


def _route(stops: Sequence[Stop]) -> TeamRoute:
    names = [str(member) for member in stops[0].task.team]
    return TeamRoute(names[0] if names else "", "、".join(names[1:]), stops)


def contacts_of(viewer: Viewer, firms: Collection[int]) -> defaultdict[int, list[Called]]:
    """subject → whom to ask for. Masked for everybody: who works with the register asks there for the number,
    says what for, and is recorded."""
    rows = Contact.objects.filter(subject__in=firms, ended_on=None)
    askable = set(Contact.objects.visible_to(viewer).filter(subject__in=firms).values_list("pk", flat=True))
    found: defaultdict[int, list[Called]] = defaultdict(list)
    for contact in rows.visible_to(_PLATFORM):
        name, phone = masked_contact(contact)
        key = contact.pk if contact.pk in askable and phone else None
        found[contact.subject_id].append(Called(str(contact.get_post_display()), name, phone, key))
    return found
