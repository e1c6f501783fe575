"""The fixed words of the item list (domain §2.4, §2.5, §3.4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Manner(models.TextChoices):
    """How an item is looked into; only the first one means going there (domain E5, §2.5)."""

    ON_SITE = "on_site", _("现场检查")
    PAPER = "paper", _("书面检查")
    NETWORK = "network", _("网络检查")
    OFF_SITE = "off_site", _("非现场数据核查")


class Body(models.TextChoices):
    """In what capacity somebody inspects (domain E1)."""

    BUREAU = "bureau", _("行政机关")
    AUTHORISED = "authorised", _("法律法规授权的组织")
    DELEGATED = "delegated", _("受委托组织")


class Answer(models.TextChoices):
    """What kind of answer a check point takes."""

    YES_NO = "yes_no", _("是／否")
    NUMBER = "number", _("数值")
    COUNT = "count", _("人数或件数")
    MONEY = "money", _("金额（元）")
    DATE = "date", _("日期")
    CHOICE = "choice", _("单选")
    TEXT = "text", _("文字说明")


class Result(models.TextChoices):
    """Results of an inspection, in the words of the national publicity system (domain §2.5)."""

    NOTHING_FOUND = "1", _("未发现问题")
    NOT_PUBLISHED = "2", _("未按规定公示应当公示的信息")
    FALSE_INFORMATION = "3", _("公示信息隐瞒真实情况、弄虚作假")
    UNREACHABLE = "4", _("通过登记的住所（经营场所）无法联系")
    CORRECTED = "5", _("发现问题已责令改正")
    PENDING = "6", _("发现问题待后续处理")
    UNCOOPERATIVE = "7", _("不配合检查情节严重")
    NO_SUCH_ACTIVITY = "8", _("未发现开展本次抽查涉及的经营活动")
    CLOSED = "9", _("已关闭停业或正在组织清算")
    DEREGISTERED = "10", _("注销")
    REVOKED = "11", _("被吊销营业执照")
    CANCELLED = "12", _("被撤销登记")
    MOVED_OUT = "13", _("迁出")
    BREACH = "14", _("违反人力资源社会保障相关规定")
    OTHER_BREACH = "15", _("违反其他部门相关规定")


class Way(models.TextChoices):
    """Lawful ways forward from a result (domain §2.5, §3.4)."""

    NONE = "none", _("无需后续处置")
    EDUCATE = "educate", _("说理教育")
    ORDER = "order", _("责令改正")
    CASE = "case", _("立案查处")
    TRANSFER = "transfer", _("移送司法机关或有权机关")
    NOTIFY = "notify", _("抄告有关部门")


#: Manners in which nobody goes to the firm.
AWAY: Final = frozenset({Manner.PAPER, Manner.NETWORK, Manner.OFF_SITE})


def labels(choices: type[models.TextChoices], codes: Iterable[str]) -> str:
    """The words for some codes, joined as in a Chinese list; what is no code stands as it is."""
    known = dict(choices.choices)
    return "、".join(str(known.get(code, code)) for code in codes)
