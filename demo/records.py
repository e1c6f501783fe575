"""What people enter one by one: leave, recusals, violations, decisions on arrivals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from demo.lists import Noted

_VIOLATIONS = (
    ("order", "未按时足额支付劳动者工资", "《劳动法》第五十条"),
    ("order", "未与劳动者订立书面劳动合同", "《劳动合同法》第十条"),
    ("decision", "未依法为职工办理社会保险登记", "《社会保险法》第五十八条"),
    ("penalty", "劳务派遣单位未按规定支付加班费", "《劳动法》第四十四条"),
)


def away(coordinator: Any) -> None:
    """Two people away: one at a course, one on leave."""
    from mingcha.base import clock
    from mingcha.registry.models import Inspector
    from mingcha.registry.services import enter_leave

    first = clock.today() + timedelta(days=5)
    for name, kind, days in (("施千帆", "training", 14), ("朱七星", "leave", 5)):
        enter_leave(
            actor=coordinator,
            values={
                "inspector": Inspector.objects.get(name=name),
                "kind": kind,
                "first_day": first,
                "last_day": first + timedelta(days=days - 1),
            },
        )


def recusals(coordinator: Any, leader: Any, noted: Noted) -> None:
    """Who must stay away from whom, as the head has approved."""
    from mingcha.registry.models import Recusal
    from mingcha.registry.services import approve_recusal

    family = _declare(coordinator, noted, 0, "李二南", Recusal.Kind.FAMILY, "兄长任该公司副经理")
    former = _declare(coordinator, noted, 1, "秦八方", Recusal.Kind.FORMER_POST, "三年内曾在该单位任职")
    for recusal in (family, former):
        approve_recusal(actor=leader, recusal=recusal)


def declared_recusal(coordinator: Any, noted: Noted) -> None:
    """One that waits for the head."""
    from mingcha.registry.models import Recusal

    _declare(coordinator, noted, 2, "赵三江", Recusal.Kind.INTEREST, "配偶持有该公司股份")


def _declare(coordinator: Any, noted: Noted, place: int, name: str, kind: str, basis: str) -> Any:
    from mingcha.base import clock
    from mingcha.registry.models import Inspector, Subject
    from mingcha.registry.services import declare_recusal

    return declare_recusal(
        actor=coordinator,
        values={
            "subject": Subject.objects.get(credit_code=noted.working[place].code),
            "inspector": Inspector.objects.get(name=name),
            "kind": kind,
            "basis": basis,
            "valid_from": clock.today(),
            "valid_until": None,
            "declared_by": name,
            "declared_on": clock.today(),
        },
    )


def violations(coordinator: Any, noted: Noted, until: date) -> None:
    """Documents of the last two years about a few firms."""
    from demo.county import BUREAU
    from mingcha.registry.models import Subject
    from mingcha.registry.services import add_part

    for place, firm in enumerate(noted.working[3:27]):
        handling, what, article = _VIOLATIONS[place % len(_VIOLATIONS)]
        day = until - timedelta(days=40 + place * 29)
        add_part(
            actor=coordinator,
            part="violations",
            subject=Subject.objects.get(credit_code=firm.code),
            values={
                "decided_on": day,
                "handling": handling,
                "what": what,
                "article": article,
                "document_number": f"示人社监字〔{day.year}〕第{place + 1:03d}号",
                "authority": BUREAU,
                "settled_on": day + timedelta(days=20) if place % 3 else None,
                "source": "本局执法文书",
            },
        )


def decide_arrivals(coordinator: Any, codes: Sequence[str]) -> None:
    """Nine of the arrivals are taken over, one is not ours; the others wait."""
    from mingcha.registry.models import Claim
    from mingcha.registry.services import decide_claims

    claims = list(
        Claim.objects.filter(subject__credit_code__in=codes).order_by("pk").values_list("pk", flat=True)
    )
    decide_claims(actor=coordinator, claims=claims[:9], verb="claim")
    decide_claims(actor=coordinator, claims=claims[9:10], verb="decline", reason="住所在邻县，已转送")
