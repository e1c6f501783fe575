"""行政检查通知书: everything that a firm is told (domain §9.1; 国办发〔2024〕54号五).

One value for the paper, the phone and the page behind the code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.selectors import bureau
from mingcha.basics.selectors import parameters
from mingcha.inspection.counted import cap_for
from mingcha.inspection.models import Entry, Inspection, InspectionHelper
from mingcha.items.models import ItemVersion
from mingcha.planning.models import Companion, VisitSlot
from mingcha.registry.models import Inspector
from mingcha.registry.selectors import Cap
from mingcha.web.text import Text

PHONES, CHECK_PHONES = "SUPERVISION_PHONES", "CODE_CHECK_PHONES"

#: 五个严禁、八个不得 (domain §1.2, 国办发〔2024〕54号).
PROHIBITIONS: tuple[tuple[Text, Text], ...] = (
    (
        gettext_lazy("严禁逐利检查"),
        gettext_lazy(
            "不得接受被检查企业的任何馈赠、报酬、福利待遇；不得参加被检查企业提供的宴请、娱乐、旅游等活动；"
            "不得由被检查企业支付消费开支或者将检查费用转嫁给企业；不得强制企业接受指定的中介机构提供服务"
        ),
    ),
    (gettext_lazy("严禁干扰企业正常生产经营"), gettext_lazy("不得刻意要求法定代表人到场")),
    (
        gettext_lazy("严禁任性处罚企业"),
        gettext_lazy("不得乱查封、乱扣押、乱冻结、动辄责令停产停业"),
    ),
    (
        gettext_lazy("严禁下达检查指标"),
        gettext_lazy("不得将考核考评、预算项目绩效与检查频次、罚没数额挂钩"),
    ),
    (gettext_lazy("严禁变相检查"), gettext_lazy("不得以观摩、督导、考察等名义行检查之实")),
)
#: What a firm may do, each with what it rests on.
RIGHTS: tuple[tuple[Text, Text], ...] = (
    (
        gettext_lazy("核验检查人员的身份和执法证件；不出示证件的，有权拒绝检查"),
        gettext_lazy("行政处罚法第55条；劳动保障监察条例第16条"),
    ),
    (
        gettext_lazy("认为检查人员与本单位有利害关系或其他关系、可能影响公正的，申请其回避"),
        gettext_lazy("行政处罚法第43条；劳动保障监察条例第16条"),
    ),
    (gettext_lazy("陈述意见、进行申辩，核对检查记录并写明意见"), gettext_lazy("行政处罚法第45条")),
    (
        gettext_lazy("拒绝没有公布的事项、没有通知书、少于两人、不出示检查码又说不出正当理由的检查"),
        gettext_lazy("国办发〔2024〕54号三、五、九"),
    ),
    (gettext_lazy("对这次检查评价，对违规行为投诉举报"), gettext_lazy("国办发〔2024〕54号三、十")),
)
#: What a firm owes.
DUTIES: tuple[tuple[Text, Text], ...] = (
    (
        gettext_lazy("如实回答询问、提供与检查事项有关的材料，不得阻挠"),
        gettext_lazy("劳动保障监察条例第15条、第30条；行政处罚法第55条"),
    ),
    (
        gettext_lazy("由负责人或者授权的人员在场即可，不要求法定代表人到场"),
        gettext_lazy("国办发〔2024〕54号：不得刻意要求法定代表人到场"),
    ),
)


@dataclass(frozen=True)
class Person:
    """Somebody who comes: an inspector with the certificate, or a helper with what they help with."""

    name: str
    post: str
    certificate: str = ""
    authority: str = ""
    valid_until: date | None = None
    helps_with: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper to have ready, and what it is looked at for."""

    name: str
    why: str


@dataclass(frozen=True)
class Notice:
    """What the firm is told. `cap` is how often the bureau has come this year, of how often it may."""

    inspection: Inspection
    organ: str
    items: Sequence[ItemVersion]
    articles: Sequence[str]
    people: Sequence[Person]
    helpers: Sequence[Person]
    papers: Sequence[Paper]
    held: Sequence[str]
    source: str
    slot: VisitSlot | None
    cap: Cap
    phones: Sequence[str]
    check_phones: Sequence[str]

    prohibitions = PROHIBITIONS
    rights = RIGHTS
    duties = DUTIES

    @property
    def number(self) -> str:
        return self.inspection.notice_number

    @property
    def may_refuse(self) -> list[Text]:
        """When the firm may send people away, in words for the page behind the code."""
        return [
            _("没有两名执法人员到场，或者不出示执法证件的"),
            _("到场的人不在上面的名单里，又说不出更换理由的"),
            _("检查上面没有列出的事项的"),
            _("没有检查通知书，也不出示检查码，又没有正当理由的"),
        ]


def notice_of(inspection: Inspection) -> Notice:
    """The notice of an inspection; the row comes `with_people`. From coming in on, cap and certificates read
    as they did on that day."""
    entry = Entry.objects.filter(inspection=inspection).prefetch_related("people").first()
    rows = inspection.items.select_related("version__item").order_by("version__item__code")
    versions = [row.version for row in rows.prefetch_related("version__materials", "version__all_bases")]
    organ = bureau()
    papers, held = _papers(versions)
    return Notice(
        inspection=inspection,
        organ=organ.name if organ is not None else "",
        items=versions,
        articles=_articles(versions),
        people=[_as_shown(one, entry) for one in inspection.team],
        helpers=_helpers(inspection),
        papers=papers,
        held=held,
        source=source_of(inspection),
        slot=getattr(inspection.task, "slot", None) if inspection.task is not None else None,
        cap=_cap(inspection, entry),
        phones=parameters.value(PHONES).as_list(),
        check_phones=parameters.value(CHECK_PHONES).as_list(),
    )


def _cap(inspection: Inspection, entry: Entry | None) -> Cap:
    """As it was told at the door, once somebody has come in."""
    found = cap_for(inspection)
    if entry is None or entry.visits_then is None:
        return found
    return replace(found, visits=entry.visits_then, entries=entry.entries_then or 0)


def _as_shown(one: Inspector, entry: Entry | None) -> Person:
    """With the certificate that was shown, once somebody has come in."""
    told = person_of(one)
    came = [] if entry is None else [person for person in entry.people.all() if person.inspector_id == one.pk]
    if not came or came[0].valid_until is None:
        return told
    return replace(told, certificate=came[0].certificate_number, valid_until=came[0].valid_until)


def person_of(one: Inspector) -> Person:
    """An inspector as the firm may see them: what stands on the certificate."""
    return Person(
        name=one.name,
        post=one.post or one.unit.name,
        certificate=one.certificate_number,
        authority=one.authority,
        valid_until=one.valid_until,
    )


def source_of(inspection: Inspection) -> str:
    """任务来源 in words; who complained is never told (劳动保障监察条例第9条)."""
    if inspection.task is None:
        kind = inspection.get_kind_display()
        return _("%(kind)s，经批准") % {"kind": kind}
    batch = inspection.task.dispatch
    if batch.draw is not None:
        return _("随机抽查：%(title)s，抽取编号 %(number)s") % {
            "title": batch.campaign.title,
            "number": batch.draw.number,
        }
    number = batch.campaign.superior_number
    return _("上级抽取派发：%(title)s（%(number)s）") % {"title": batch.campaign.title, "number": number}


def _articles(versions: Sequence[ItemVersion]) -> list[str]:
    """What the duties of the items rest on, each once."""
    cited = [
        basis.cited for one in versions for basis in one.all_bases.all() if basis.role == basis.Role.DUTY
    ]
    return list(dict.fromkeys(cited))


def _papers(versions: Sequence[ItemVersion]) -> tuple[list[Paper], list[str]]:
    """What to have ready, each once; and what the bureau holds itself, which nobody may ask for."""
    asked: dict[str, Paper] = {}
    held: dict[str, None] = {}
    for one in versions:
        for material in one.materials.all():
            if material.held_by_bureau:
                held[material.name] = None
            else:
                asked.setdefault(material.name, Paper(material.name, material.why))
    return [paper for name, paper in asked.items() if name not in held], list(held)


def _helpers(inspection: Inspection) -> list[Person]:
    """Who goes along, named beforehand (54号五: 协助检查人员的人数须事先确定)."""
    rows: Sequence[Companion] | Sequence[InspectionHelper]
    if inspection.task is not None:
        rows = inspection.task.helpers
    else:
        rows = [one for one in inspection.helpers.all() if one.left_at is None]
    return [
        Person(one.inspector.name, one.inspector.post or one.inspector.unit.name, helps_with=one.purpose)
        for one in rows
    ]
