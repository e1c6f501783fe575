"""What happens to records, results and letters. No firm is named, nothing that was said stands here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event, Moved


@dataclass(frozen=True, kw_only=True)
class RecordFrozen(Event):
    """A version of the record was frozen; `digest` is that of its content."""

    code = "inspection.recorded"
    label = _("固定检查笔录")
    field_labels = {"version": _("版本"), "digest": _("内容摘要"), "cause": _("来由")}


@dataclass(frozen=True, kw_only=True)
class ContactTried(Event):
    code = "inspection.contact_tried"
    label = _("登记联系情况")
    field_labels = {"day": _("日期"), "way": _("方式")}


@dataclass(frozen=True, kw_only=True)
class AbnormalChecked(Event):
    code = "inspection.abnormal_checked"
    label = _("登记异常核查")
    field_labels = {"kind": _("种类"), "conclusion": _("结论")}


@dataclass(frozen=True, kw_only=True)
class ReferralDrafted(Event):
    code = "inspection.referral_drafted"
    label = _("拟制抄告函")
    field_labels = {"number": _("文号"), "to": _("抄告")}


@dataclass(frozen=True, kw_only=True)
class ReferralRedrawn(Event):
    code = "inspection.referral_redrawn"
    label = _("按更正后的结果重新拟制抄告函")
    field_labels = {"number": _("文号")}


@dataclass(frozen=True, kw_only=True)
class ReferralMoved(Moved):
    code = "inspection.referral_moved"
    label = _("办理抄告")
    field_labels = {"to": _("抄告"), "on": _("日期")}


@dataclass(frozen=True, kw_only=True)
class CorrectionAsked(Event):
    code = "inspection.correction_asked"
    label = _("申请更正检查结果")
    field_labels = {"fields": _("更正几处"), "version": _("更正哪一版")}


@dataclass(frozen=True, kw_only=True)
class CorrectionMoved(Moved):
    code = "inspection.correction_moved"
    label = _("办理更正申请")


@dataclass(frozen=True, kw_only=True)
class ResultNoticeIssued(Event):
    code = "inspection.result_notice_issued"
    label = _("制作检查结果告知书")
    field_labels = {"number": _("文号")}


@dataclass(frozen=True, kw_only=True)
class ResultNoticeServed(Event):
    code = "inspection.result_notice_served"
    label = _("登记告知书送达")
    field_labels = {"number": _("文号"), "on": _("日期"), "how": _("送达方式")}


@dataclass(frozen=True, kw_only=True)
class DeliveryFailed(Event):
    code = "inspection.delivery_failed"
    label = _("登记告知书没有送达")
    field_labels = {"number": _("文号"), "day": _("日期"), "how": _("送达方式")}


@dataclass(frozen=True, kw_only=True)
class NoticeAnnounced(Event):
    code = "inspection.notice_announced"
    label = _("公告送达告知书")
    field_labels = {"number": _("文号"), "from": _("公告日期")}


@dataclass(frozen=True, kw_only=True)
class AnnouncementEnded(Event):
    code = "inspection.announcement_ended"
    label = _("停止公告送达")
    field_labels = {"number": _("文号")}


@dataclass(frozen=True, kw_only=True)
class PeopleRevealed(Event):
    """Somebody looked at telephone and names of those who were met; `why` is what for (个保法51)."""

    code = "inspection.people_revealed"
    label = _("查看在场人电话、签收人和见证人")
