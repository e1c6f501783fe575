"""Reading parameters: the value on a day, with the row it came from (design §4.6).

cap = parameters.value("CAP_DEFAULT", on=visit_day)
if visits >= cap.as_int(): ...
# the page shows cap.shown, cap.source and, unless cap.confirmed, 待确认
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.basics import uses
from mingcha.basics import values as spelled
from mingcha.basics.models import DeadlineRule, Parameter, ParameterValue
from mingcha.basics.rules import refuse
from mingcha.kernel.refusal import gettext_noop
from mingcha.kernel.terms import Term


@dataclass(frozen=True)
class Value:
    """A parameter as it applies on a day. `value` is int, Decimal, str, bool, list[str] or Term."""

    code: str
    label: str
    value: Any
    shown: str
    row_id: int
    source: str
    trust: str
    confirmed: bool
    effective_from: date
    effective_to: date | None

    def as_int(self) -> int:
        """The value of a whole number; TypeError for any other kind."""
        return self._as(int)

    def as_decimal(self) -> Decimal:
        """The value of a decimal or whole number."""
        return Decimal(self.value) if isinstance(self.value, int) else self._as(Decimal)

    def as_text(self) -> str:
        return self._as(str)

    def as_bool(self) -> bool:
        return self._as(bool)

    def as_list(self) -> list[str]:
        return self._as(list)

    def as_term(self) -> Term:
        return self._as(Term)

    def _as(self, kind: type) -> Any:
        if not isinstance(self.value, kind) or (kind is int and isinstance(self.value, bool)):
            raise TypeError(f"parameter {self.code} is no {kind.__name__}: {self.value!r}")
        return self.value


def value(code: str, on: date | None = None) -> Value:
    """The value in force on the day (today). Refused, naming who must enter it, when there is none."""
    return values((code,), on)[code]


def values(codes: Collection[str], on: date | None = None) -> dict[str, Value]:
    """Several at once, by their codes, in one query; Refused like `value`."""
    day = on or clock.today()
    rows = ParameterValue.objects.in_force(day).select_related("parameter").filter(parameter__code__in=codes)
    found: dict[str, Value] = {}
    for row in rows:
        found.setdefault(row.parameter.code, of_row(row))
    for code in codes:
        if code not in found:
            raise _missing(code, day)
    return found


def of_row(row: ParameterValue) -> Value:
    """The typed value of one row."""
    parameter = row.parameter
    return Value(
        code=parameter.code,
        label=parameter.label,
        value=spelled.typed(parameter.kind, row.value),
        shown=row.shown,
        row_id=row.pk,
        source=row.source,
        trust=row.trust,
        confirmed=row.confirmed,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
    )


def awaiting_confirmation() -> QuerySet[ParameterValue]:
    """Standing values that nobody of the bureau has confirmed and that still hold or will (待确认)."""
    rows = ParameterValue.objects.awaiting_confirmation(clock.today())
    return rows.select_related("parameter")  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Depends:
    """One thing that depends on a parameter, with the address of its page where it has one."""

    label: str
    url: str = ""


def uses_of(code: str) -> list[Depends]:
    """What depends on a parameter: what the code registered, and the rules of terms that take it."""
    found = [Depends(str(use.label), reverse(use.url_name) if use.url_name else "") for use in uses.of(code)]
    rules = DeadlineRule.objects.in_force(clock.today()).filter(parameter=code).order_by("code")
    for rule in rules:
        label = gettext("期限规则：%(rule)s") % {"rule": rule}
        found.append(Depends(label, reverse("basics:rules-detail", args=[rule.pk])))
    return found


def with_rule(rows: QuerySet[ParameterValue]) -> QuerySet[ParameterValue]:
    """Values with `rule_label`: the rule of terms that takes their parameter today, None for none."""
    rules = DeadlineRule.objects.in_force(clock.today()).filter(parameter=OuterRef("parameter__code"))
    return rows.annotate(rule_label=Subquery(rules.order_by("code").values("label")[:1]))


def confirmers() -> list[str]:
    """Everybody who must confirm some parameter, in order of name."""
    named = Parameter.objects.exclude(confirm_with="").order_by("confirm_with")
    return list(named.values_list("confirm_with", flat=True).distinct())


def _missing(code: str, day: date) -> Exception:
    parameter = Parameter.objects.filter(code=code).first()
    if parameter is None:
        return refuse(
            "parameter.unknown",
            gettext_noop("没有名为 %(code)s 的参数"),
            gettext_noop("请%(keeper)s运行初始数据，或联系系统维护人员"),
            code=code,
            keeper=str(Role.ADMINISTRATOR.label),
        )
    return refuse(
        "parameter.none",
        gettext_noop("参数“%(label)s”（%(code)s）在 %(day)s 没有生效的取值"),
        gettext_noop("请%(keeper)s在“设置—参数”中录入该日适用的取值和来源"),
        label=parameter.label,
        code=code,
        day=day.isoformat(),
        keeper=str(parameter.get_keeper_display()),
    )
