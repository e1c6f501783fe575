"""What happens to the item list."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event

_FIELDS = {
    "bases": _("检查依据"),
    "points": _("检查要点"),
    "materials": _("材料"),
    "outcomes": _("检查结果与处置"),
    "exemptions": _("容错情形"),
    "version": _("版本"),
    "revision": _("清单调整"),
    "code": _("事项编码"),
    "specialty": _("所需业务专长"),
}


@dataclass(frozen=True, kw_only=True)
class ItemEvent(Event):
    """About an item; which version is in `after`."""

    field_labels = _FIELDS


class ItemDrafted(ItemEvent):
    code = "items.item.drafted"
    label = _("起草抽查事项")


class VersionDrafted(ItemEvent):
    code = "items.item.version_drafted"
    label = _("起草抽查事项新版本")


class DraftChanged(ItemEvent):
    code = "items.item.draft_changed"
    label = _("修改抽查事项草稿")


class DraftDiscarded(ItemEvent):
    code = "items.item.draft_discarded"
    label = _("放弃抽查事项草稿")


class VersionProposed(ItemEvent):
    code = "items.item.proposed"
    label = _("提请公布抽查事项")


class VersionReturned(ItemEvent):
    code = "items.item.returned"
    label = _("抽查事项退回修改")


class VersionPublished(ItemEvent):
    code = "items.item.published"
    label = _("公布抽查事项")


class ItemConfirmed(ItemEvent):
    code = "items.item.confirmed"
    label = _("核对确认抽查事项")
    field_labels = {**_FIELDS, "confirmed_basis": _("核对的文件")}


class ItemStopped(ItemEvent):
    code = "items.item.stopped"
    label = _("停用抽查事项")


class BasisFlagged(ItemEvent):
    code = "items.basis.flagged"
    label = _("依据已变动，待复核")
    field_labels = {**_FIELDS, "kind": _("变动"), "basis": _("依据"), "new_text": _("新文本")}


class BasisReviewed(ItemEvent):
    code = "items.basis.reviewed"
    label = _("复核依据变动")
    field_labels = {**_FIELDS, "verdict": _("复核结论"), "basis": _("依据")}


@dataclass(frozen=True, kw_only=True)
class RevisionEvent(Event):
    """About a change of the list."""

    field_labels = {"items": _("抽查事项"), "number": _("次序")}


class RevisionProposed(RevisionEvent):
    code = "items.revision.proposed"
    label = _("提请清单调整")


class RevisionSentBack(RevisionEvent):
    code = "items.revision.sent_back"
    label = _("清单调整退回")


class RevisionWithdrawn(RevisionEvent):
    code = "items.revision.withdrawn"
    label = _("清单调整撤回")


class RevisionIssued(RevisionEvent):
    code = "items.revision.issued"
    label = _("公布清单调整")


@dataclass(frozen=True, kw_only=True)
class SuperiorEvent(Event):
    """About a superior's list."""

    field_labels = {
        "rows": _("行数"),
        "linked": _("对应本局事项"),
        "drafted": _("拟定新事项"),
        "ignored": _("不采用"),
    }


class SuperiorReceived(SuperiorEvent):
    code = "items.superior.received"
    label = _("读入上级清单")


class SuperiorConfirmed(SuperiorEvent):
    code = "items.superior.confirmed"
    label = _("确认上级清单的处理")


class SuperiorCancelled(SuperiorEvent):
    code = "items.superior.cancelled"
    label = _("取消上级清单")
