"""What happens to a draw."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event, Moved


@dataclass(frozen=True, kw_only=True)
class DrawPlanned(Event):
    code = "planning.draw.planned"
    label = _("拟定抽取")


@dataclass(frozen=True, kw_only=True)
class DrawChanged(Event):
    code = "planning.draw.changed"
    label = _("修改拟定的抽取")


@dataclass(frozen=True, kw_only=True)
class DrawTried(Event):
    """The draft was tried out in the demo: this counts for nothing."""

    code = "planning.draw.tried"
    label = _("试抽（演示，不作数）")
    field_labels = {"trial": _("试抽"), "drawn": _("抽到户数"), "unserved": _("没有派满人员的户数")}


@dataclass(frozen=True, kw_only=True)
class TrialDeleted(Event):
    code = "planning.draw.trial_deleted"
    label = _("删除试抽")
    field_labels = {"trial": _("试抽")}


@dataclass(frozen=True, kw_only=True)
class DrawSealed(Event):
    code = "planning.draw.sealed"
    label = _("封存名单")
    field_labels = {
        "subjects": _("名单户数"),
        "excluded": _("不参加抽取的户数"),
        "to_draw": _("将抽取户数"),
        "people": _("参加抽取的人员数"),
    }


@dataclass(frozen=True, kw_only=True)
class DigitsEntered(Event):
    code = "planning.draw.digits_entered"
    label = _("录入摇出的号码")


@dataclass(frozen=True, kw_only=True)
class DigitsReturned(Event):
    code = "planning.draw.digits_returned"
    label = _("号码退回重录")


@dataclass(frozen=True, kw_only=True)
class DrawCompleted(Event):
    code = "planning.draw.completed"
    label = _("核对号码并抽取")
    field_labels = {
        "drawn": _("抽中户数"),
        "unserved": _("没有派满人员的户数"),
        "result_digest": _("结果摘要"),
    }


@dataclass(frozen=True, kw_only=True)
class FallbackTaken(Event):
    """The first source gave no value; the fallback that the plan names counts from now on."""

    code = "planning.draw.fallback_taken"
    label = _("改用备用来源")


@dataclass(frozen=True, kw_only=True)
class NoticeDelivered(Event):
    """The sealing notice with its digest was given to somebody outside."""

    code = "planning.draw.notice_delivered"
    label = _("送达封存公告")
    field_labels = {"recipient": _("送往"), "at": _("送达时间"), "digest": _("方案摘要")}


@dataclass(frozen=True, kw_only=True)
class DrawOpened(Event):
    """The result is public from now on, with everything needed to repeat it."""

    code = "planning.draw.opened"
    label = _("公开抽取结果")
    field_labels = {"late": _("超过最迟公开日期")}


@dataclass(frozen=True, kw_only=True)
class SecretRead(Event):
    """The overseer had the escrow copy of the sealed value shown; the value itself is in no record."""

    code = "planning.draw.secret_read"
    label = _("查看封存值托管件")


@dataclass(frozen=True, kw_only=True)
class VoidValueRecorded(Event):
    """The lottery gave the value of a void draw; what it would have drawn is public."""

    code = "planning.draw.void_value_recorded"
    label = _("补录作废抽取的开奖号码")
    field_labels = {"result_digest": _("结果摘要"), "at": _("补录时间")}


@dataclass(frozen=True, kw_only=True)
class DrawDropped(Event):
    code = "planning.draw.dropped"
    label = _("撤销拟定的抽取")


@dataclass(frozen=True, kw_only=True)
class DrawVoided(Event):
    code = "planning.draw.voided"
    label = _("作废抽取")


@dataclass(frozen=True, kw_only=True)
class PlanDrafted(Event):
    code = "planning.plan.drafted"
    label = _("起草年度抽查计划")


@dataclass(frozen=True, kw_only=True)
class PlanChanged(Event):
    code = "planning.plan.changed"
    label = _("修改年度抽查计划")


@dataclass(frozen=True, kw_only=True)
class LineAdded(Event):
    code = "planning.plan.line_added"
    label = _("增加计划任务")


@dataclass(frozen=True, kw_only=True)
class LineChanged(Event):
    code = "planning.plan.line_changed"
    label = _("修改计划任务")
    field_labels = {"stratum": _("层")}


@dataclass(frozen=True, kw_only=True)
class LineRemoved(Event):
    code = "planning.plan.line_removed"
    label = _("删去计划任务")
    field_labels = {"line": _("任务")}


@dataclass(frozen=True, kw_only=True)
class BaseFrozen(Event):
    code = "planning.plan.base_frozen"
    label = _("冻结基准名单")
    field_labels = {"enterprises": _("企业总数")}


@dataclass(frozen=True, kw_only=True)
class PlanMoved(Moved):
    code = "planning.plan.moved"
    label = _("办理年度抽查计划")
    field_labels = {"floor": _("企业抽查下限"), "certain": _("确定抽到的企业")}


@dataclass(frozen=True, kw_only=True)
class SuperiorListReceived(Event):
    code = "planning.plan.superior_list_received"
    label = _("收到上级计划清单")
    field_labels = {"rows": _("行数"), "sha256": _("SHA-256")}


@dataclass(frozen=True, kw_only=True)
class SuperiorListConfirmed(Event):
    code = "planning.plan.superior_list_confirmed"
    label = _("按上级计划清单增加任务")
    field_labels = {"lines": _("任务数")}


@dataclass(frozen=True, kw_only=True)
class CampaignDrafted(Event):
    code = "planning.campaign.drafted"
    label = _("拟定抽查任务")
    field_labels = {"targets": _("上级抽中户数"), "unmatched": _("没有对上的户数")}


@dataclass(frozen=True, kw_only=True)
class CampaignChanged(Event):
    code = "planning.campaign.changed"
    label = _("修改抽查任务")


@dataclass(frozen=True, kw_only=True)
class CampaignShared(Event):
    code = "planning.campaign.shared"
    label = _("分配联合抽查中各单位查的事项")
    field_labels = {"shares": _("参与单位查的事项")}


@dataclass(frozen=True, kw_only=True)
class CampaignMoved(Moved):
    code = "planning.campaign.moved"
    label = _("办理抽查任务")
    field_labels = {"subjects": _("名单户数"), "to_draw": _("将抽取户数")}


@dataclass(frozen=True, kw_only=True)
class SuperiorDrawReceived(Event):
    code = "planning.campaign.superior_draw_received"
    label = _("收到上级抽取名单")
    field_labels = {"rows": _("行数"), "sha256": _("SHA-256")}


@dataclass(frozen=True, kw_only=True)
class TargetDecided(Event):
    """Somebody decided whether a superior's firm at its yearly cap is inspected."""

    code = "planning.campaign.target_decided"
    label = _("决定已达频次上限的对象是否检查")
    field_labels = {"target": _("检查对象"), "decision": _("处理")}


@dataclass(frozen=True, kw_only=True)
class RepeatAgreed(Event):
    """A second person agreed to another attempt (N4)."""

    code = "planning.draw.repeat_agreed"
    label = _("同意再次抽取")
    field_labels = {"earlier": _("前一次抽取")}
