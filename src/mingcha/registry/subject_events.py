"""What happens to the subjects of the register and to what belongs to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from mingcha.base.events import Event
from mingcha.kernel.refusal import gettext_noop as _

#: Names of values that are no fields of the subject itself.
_PART_LABELS: Mapping[str, str] = {
    "part": _("内容"),
    "row": _("条目"),
    "post": _("身份"),
    "phone": _("电话"),
    "kind": _("种类"),
    "number": _("证号"),
    "authority": _("机关"),
    "valid_from": _("有效期自"),
    "valid_until": _("有效期至"),
    "state": _("状态"),
    "system": _("等级体系"),
    "grade": _("等级"),
    "year": _("评价年度"),
    "graded_on": _("评定日期"),
    "source": _("来源"),
    "counted_on": _("统计日期"),
    "workers": _("用工人数"),
    "insured": _("参保人数"),
    "dispatched": _("派遣用工人数"),
    "decided_on": _("日期"),
    "handling": _("处理"),
    "what": _("违法事实"),
    "article": _("违反条款"),
    "document_number": _("文书号"),
    "settled_on": _("履行完毕日期"),
    "until": _("用至"),
    "tag": _("标签"),
    "since": _("自"),
    "why": _("依据"),
    "recorded_on": _("登记日期"),
    "ended_on": _("停用日期"),
    "withdrawn_on": _("撤回日期"),
}


@dataclass(frozen=True, kw_only=True)
class PartEvent(Event):
    """Something that belongs to a subject: a contact, licence, tag, grading, count, violation, name.

    `part` is its code (`services.parts.PARTS`).
    """

    field_labels: ClassVar[Mapping[str, str]] = _PART_LABELS

    part: str


@dataclass(frozen=True, kw_only=True)
class PartAdded(PartEvent):
    code = "registry.subject.part_added"
    label = _("登记附属信息")


@dataclass(frozen=True, kw_only=True)
class PartCorrected(PartEvent):
    code = "registry.subject.part_corrected"
    label = _("更正附属信息")


@dataclass(frozen=True, kw_only=True)
class PartEnded(PartEvent):
    code = "registry.subject.part_ended"
    label = _("停用附属信息")


@dataclass(frozen=True, kw_only=True)
class ContactRevealed(Event):
    """Somebody looked at a telephone number; `why` is what for (个人信息保护法 第51条)."""

    code = "registry.contact.revealed"
    label = _("查看联系电话")
    field_labels: ClassVar[Mapping[str, str]] = {"post": _("身份")}


@dataclass(frozen=True, kw_only=True)
class ClaimReceived(Event):
    code = "registry.claim.received"
    label = _("列入待认领")
    field_labels: ClassVar[Mapping[str, str]] = {"arrived_on": _("推送日期"), "claim_source": _("来源")}


@dataclass(frozen=True, kw_only=True)
class ClaimDecided(Event):
    code = "registry.claim.decided"
    label = _("认领办理")
    field_labels: ClassVar[Mapping[str, str]] = {"state": _("认领状态")}


@dataclass(frozen=True, kw_only=True)
class SubjectsMerged(Event):
    """Two entries were one subject; emitted for both of them."""

    code = "registry.subject.merged"
    label = _("合并检查对象")
    field_labels: ClassVar[Mapping[str, str]] = {
        "kept": _("保留"),
        "gone": _("并入"),
        "moved": _("移动的条目"),
    }


@dataclass(frozen=True, kw_only=True)
class MergeUndone(Event):
    code = "registry.subject.merge_undone"
    label = _("撤销合并")
    field_labels: ClassVar[Mapping[str, str]] = {
        "kept": _("保留"),
        "gone": _("恢复"),
        "left": _("未恢复的栏目"),
    }


@dataclass(frozen=True, kw_only=True)
class SubjectsDistinct(Event):
    """Two entries that look alike were judged to be two subjects; emitted for both of them."""

    code = "registry.subject.distinct"
    label = _("核对为不是同一户")
    field_labels: ClassVar[Mapping[str, str]] = {"other": _("另一户")}


@dataclass(frozen=True, kw_only=True)
class SubjectsChangedTogether(Event):
    """One change to many subjects; `after` names them."""

    code = "registry.subjects.changed_together"
    label = _("批量办理")
    field_labels: ClassVar[Mapping[str, str]] = {"subjects": _("检查对象")}


@dataclass(frozen=True, kw_only=True)
class TogetherUndone(Event):
    code = "registry.subjects.together_undone"
    label = _("撤销批量办理")
    field_labels: ClassVar[Mapping[str, str]] = {"subjects": _("检查对象"), "left": _("未动的户数")}


@dataclass(frozen=True, kw_only=True)
class TagDefined(Event):
    code = "registry.tag.defined"
    label = _("新增标签")


@dataclass(frozen=True, kw_only=True)
class TagChanged(Event):
    code = "registry.tag.changed"
    label = _("修改标签")
