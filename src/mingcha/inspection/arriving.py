"""What is looked at when somebody says that they came in or left: clock, reason, licence, number.

A phone without a network says so later. Its clock may be behind the platform's by days, ahead of it by no
more than `PHONE_CLOCK_MINUTES`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Q

from mingcha.base import clock
from mingcha.basics.selectors import deadlines, parameters
from mingcha.inspection.models import Entry, Inspection, VisitPackage
from mingcha.kernel import credit_code
from mingcha.kernel.refusal import Refused, Refusing, gettext_noop
from mingcha.registry.selectors import standing_entry

CLOCK, LATE = "PHONE_CLOCK_MINUTES", "SCAN_LATE_ENTRY"
_SCAN: Final = gettext_noop("国办发〔2024〕54号九：扫码入企，检查行为赋码、全程留痕")
_LATE: Final = gettext_noop("参照深圳“扫码入企”细则：故障的在检查结束后限期补录并说明理由")
#: A unified social credit code anywhere in what a licence's QR holds.
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
_NUMBER = re.compile(r"[\w〔][\w〔〕（）()./-]{0,59}")
#: A refusal about coming in.
refuse = Refusing("entry", _SCAN)


@dataclass(frozen=True)
class Place:
    """Where a phone says that it is: degrees (WGS 84), and how far off that may be, in metres.

    Raises ValueError for what is no place on earth.
    """

    latitude: Decimal
    longitude: Decimal
    accuracy: int | None = None

    def __post_init__(self) -> None:
        if not (abs(self.latitude) <= 90 and abs(self.longitude) <= 180):
            raise ValueError("no place on earth")
        object.__setattr__(self, "latitude", round(self.latitude, 6))
        object.__setattr__(self, "longitude", round(self.longitude, 6))


def moment(at: datetime | None) -> datetime:
    """The time that counts: what the phone said, or now; Refused when it lies ahead of the platform's clock.

    Within the tolerance a phone that is ahead counts as now.
    """
    now = clock.now()
    if at is None:
        return now
    tolerance = parameters.value(CLOCK)
    if at > now + timedelta(minutes=tolerance.as_int()):
        raise refuse(
            "clock_ahead",
            gettext_noop("手机时间 %(at)s 比平台时间 %(now)s 快了 %(most)s 分钟以上"),
            gettext_noop("请把手机时间改为自动校准，再登记一次"),
            at=shown(at),
            now=shown(now),
            most=tolerance.as_int(),
        )
    return min(at, now)


def after(earliest: datetime, at: datetime, what: str) -> datetime:
    """The time that counts, given that it cannot lie before something; `what` names that.

    A phone that is a little behind says an earlier time for what happened at once: within the tolerance that
    counts as `earliest`; beyond it, it is refused.
    """
    if at < earliest - timedelta(minutes=parameters.value(CLOCK).as_int()):
        raise refuse(
            "too_early",
            gettext_noop("登记的时间 %(at)s 早于%(what)s（%(earliest)s）"),
            gettext_noop("请核对手机时间；时间填错的，改正后再登记"),
            at=shown(at),
            what=what,
            earliest=shown(earliest),
        )
    return max(at, earliest)


def code_shown(inspection: Inspection, at: datetime) -> datetime:
    """The time that counts for a code shown at `at`; Refused where none was issued, or none was good then:
    all had run out, or were void since somebody else goes.
    """
    issued = VisitPackage.objects.filter(inspection=inspection).order_by("issued_at")
    first = issued.first()
    if first is None:
        raise _no_code(gettext_noop("这次检查还没有下发检查码"))
    when = after(first.issued_at, at, gettext_noop("下发检查码的时间"))
    tolerance = timedelta(minutes=parameters.value(CLOCK).as_int())
    unexpired = issued.filter(expires_at__gte=when)
    if not unexpired.exists():
        raise _no_code(gettext_noop("这次检查的检查码已经过期"))
    good = unexpired.filter(Q(ended_at=None) | Q(ended_at__gte=when), issued_at__lte=when + tolerance)
    if not good.exists():
        raise _no_code(gettext_noop("检查人员有变动，这次检查原来的检查码已经作废"))
    return when


def _no_code(message: str) -> Refused:
    return refuse(
        "no_code",
        message,
        gettext_noop("请先下发资料包再亮码；下发不了的，扫描营业执照，或写明理由按故障补录"),
    )


def last_day_to_tell(day: date) -> date:
    """Until when a visit of this day may still be registered, by the rule `SCAN_LATE_ENTRY`."""
    return deadlines.last_day(LATE, day)


def in_time_to_tell(at: datetime) -> None:
    """Refuse a check-in that is told too late (domain §1.3)."""
    last = last_day_to_tell(clock.day_of(at))
    if clock.today() > last:
        raise refuse(
            "told_too_late",
            gettext_noop("%(day)s 的入企最迟应在 %(last)s 补录，已经超过期限"),
            gettext_noop(
                "不能再补录：请主检或股室负责人办理“未检查，说明理由”，写明当时的情况，需要检查的另行报批；已经写下的记录交督导员处理"
            ),
            basis=_LATE,
            day=clock.day_of(at).isoformat(),
            last=last.isoformat(),
        )


def reason_for(via: str, reason: str) -> str:
    """The reason of an exception, without outer blanks; Refused where one is needed and missing."""
    given = reason.strip()[:300]
    if via in Entry.EXCEPTIONS and not given:
        raise refuse(
            "reason",
            gettext_noop("没有出示检查码也没有扫描营业执照，必须写明理由"),
            gettext_noop("请写明是什么紧急情况，或者什么时候、什么原因扫不了码"),
        )
    return given


def number_of(text: str) -> str:
    """The number given by the superior's platform, in plain characters; Refused for what is no number."""
    number = unicodedata.normalize("NFKC", text).strip()
    if number and not _NUMBER.fullmatch(number):
        raise refuse(
            "platform_number",
            gettext_noop("执法监督平台备案号里有不能用的字符，或超过 60 个字"),
            gettext_noop("请照平台显示的备案号重新输入，只用文字、数字和〔〕（）-/."),
        )
    return number


def check_licence(inspection: Inspection, text: str) -> None:
    """Refuse a licence that is not this firm's. `text` is what its QR holds, or the code typed from it."""
    shown = unicodedata.normalize("NFKC", text).upper()
    own = credit_code.normalise(standing_entry(inspection.subject).credit_code)
    if own and own in shown:
        return
    codes = _CODE.findall(shown)
    if not codes:
        raise refuse(
            "licence_unreadable",
            gettext_noop("扫到的内容里没有统一社会信用代码"),
            gettext_noop("请扫描营业执照正本或副本上的二维码；扫不出来的，照执照输入 18 位代码"),
        )
    raise refuse(
        "licence_of_another",
        gettext_noop("这是另一户的营业执照（%(code)s），这次检查的是“%(name)s”（%(own)s）"),
        gettext_noop("请核对门牌和执照；走错了的离开即可，名录库里代码有误的请综合经办更正"),
        code=codes[0],
        name=inspection.name,
        own=own or "—",
    )


def shown(at: datetime) -> str:
    """A moment as people here read it."""
    return at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
