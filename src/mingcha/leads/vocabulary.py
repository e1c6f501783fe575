"""The words of a lead: what came in and how, whether it is ours, on what ground it is declined."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from mingcha.web.text import Text


class Kind(models.TextChoices):
    """From what an inspection of a single firm may come (国办发〔2024〕54号四, domain E6, E9)."""

    COMPLAINT = "complaint", _("投诉")
    REPORT = "report", _("举报")
    TRANSFER = "transfer", _("转办交办")
    CLUE = "clue", _("数据监测等线索")
    REQUEST = "request", _("企业申请")


class Channel(models.TextChoices):
    """By which way it came."""

    WINDOW = "window", _("窗口来访")
    TELEPHONE = "telephone", _("电话")
    HOTLINE = "hotline", _("12345 热线")
    WAGE_PLATFORM = "wage_platform", _("国务院欠薪线索平台")
    LETTER = "letter", _("来信")
    ONLINE = "online", _("网上")
    SUPERIOR = "superior", _("上级部门")
    DEPARTMENT = "department", _("其他部门")
    OWN_DATA = "own_data", _("本局数据比对")
    MEDIA = "media", _("媒体曝光")


class Who(models.TextChoices):
    """What somebody who came is: 投诉人 speaks for his own rights, 举报人 tells of others (domain §12)."""

    COMPLAINANT = "complainant", _("投诉人（主张自己的权益）")
    REPORTER = "reporter", _("举报人（反映别人的事）")


class Jurisdiction(models.TextChoices):
    """Whether the matter is ours (部令25号第十八条；监察条例13、21)."""

    OURS = "ours", _("属于劳动保障监察职权，用工所在地在本区")
    OTHER_MATTER = "other_matter", _("不属于劳动保障监察职权")
    OTHER_PLACE = "other_place", _("用工所在地不在本区")
    DISPUTE = "dispute", _("应当或已经通过调解、仲裁、诉讼处理")


class Ground(models.TextChoices):
    """Why a lead is not taken up."""

    TOO_OLD = "too_old", _("违法行为终了已超过查处时效")
    NO_EMPLOYER = "no_employer", _("补正后仍没有明确的被投诉用人单位")
    OTHER_MATTER = "other_matter", _("不属于劳动保障监察职权")
    OTHER_PLACE = "other_place", _("用工所在地不在本区")
    DISPUTE = "dispute", _("应当或已经通过调解、仲裁、诉讼处理")
    VAGUE = "vague", _("内容不具体，无法核查")
    UNFOUNDED = "unfounded", _("经初步核查不属实")
    TAKEN_BACK = "taken_back", _("投诉人、申请人自己撤回")


#: What each ground rests on.
GROUND_BASES: dict[str, str] = {
    Ground.TOO_OLD: gettext_noop("《劳动保障监察条例》第二十条；部令25号第十八条第一项"),
    Ground.NO_EMPLOYER: gettext_noop("部令25号第十八条第二项"),
    Ground.OTHER_MATTER: gettext_noop("《劳动保障监察条例》第十一条；部令25号第十八条第三项"),
    Ground.OTHER_PLACE: gettext_noop("《劳动保障监察条例》第十三条；部令25号第十八条第三项"),
    Ground.DISPUTE: gettext_noop("《劳动保障监察条例》第二十一条"),
    Ground.VAGUE: gettext_noop("《劳动保障监察条例》第九条、第十四条"),
    Ground.UNFOUNDED: gettext_noop("《劳动保障监察条例》第九条、第十四条"),
    Ground.TAKEN_BACK: gettext_noop("部令25号第十八条"),
}
#: Where else who is declined on this ground may turn.
GROUND_REMEDIES: dict[str, Text] = {
    Ground.OTHER_MATTER: _("请向有权处理的部门反映。"),
    Ground.OTHER_PLACE: _("请向用工所在地的人力资源社会保障行政部门反映（《劳动保障监察条例》第十三条）。"),
    Ground.DISPUTE: _("可以依法申请劳动争议调解、仲裁或者提起诉讼（《劳动争议调解仲裁法》第五条）。"),
}
#: What a complaint cannot be declined for: the article names its grounds one by one.
NEVER_FOR_A_COMPLAINT = frozenset({Ground.VAGUE.value, Ground.UNFOUNDED.value})
#: Grounds that repeat what was found about the jurisdiction.
OF_JURISDICTION = frozenset({Ground.OTHER_MATTER.value, Ground.OTHER_PLACE.value, Ground.DISPUTE.value})


class Proposal(models.TextChoices):
    """What one person proposes and another decides."""

    DECLINE = "decline", _("不予受理")
    SEND_ON = "send_on", _("转出")
    VOID = "void", _("登记作废")


#: Which reasons for not counting a visit (参数 EXEMPT_REASONS) suit a kind, the most fitting first (E6).
EXEMPT_WORDS: dict[str, tuple[str, ...]] = {
    Kind.COMPLAINT: ("投诉举报",),
    Kind.REPORT: ("投诉举报",),
    Kind.TRANSFER: ("上级交办转办", "配合上级"),
    Kind.CLUE: ("非现场监管发现线索", "媒体曝光"),
    Kind.REQUEST: ("企业申请",),
}
