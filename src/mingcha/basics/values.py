"""Typed values of parameters: what is stored (JSON) against what the code works with.

Decimals are stored as text, so that no digit is lost; terms as their code ("20WD").
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.kernel.ratios import share_text
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.kernel.terms import Term

#: The unit of shares that are kept in whole basis points; people read them in per cent.
BASIS_POINTS = "‱"
_TRUE = ("true", "1", "是", "yes")
_FALSE = ("false", "0", "否", "no")


class Kind(TextChoices):
    """What kind of value a parameter holds."""

    INT = "int", gettext_lazy("整数")
    DECIMAL = "decimal", gettext_lazy("小数")
    TEXT = "text", gettext_lazy("文字")
    BOOL = "bool", gettext_lazy("是否")
    LIST = "list", gettext_lazy("列表")
    TERM = "term", gettext_lazy("期限")


def stored(kind: str, raw: Any) -> Any:
    """What is put into the table for a value as entered; `Refused` when it is not of this kind."""
    try:
        return _STORE[Kind(kind)](raw)
    except (TypeError, ValueError, InvalidOperation):
        raise Refused(
            Refusal(
                code="parameter.kind",
                message=gettext_noop("“%(raw)s”不是%(kind)s"),
                basis=gettext_noop("参数定义"),
                remedy=gettext_noop(
                    "请按类型填写：整数如 2，小数如 0.5，期限如 20WD、30D、6M，列表用逗号隔开"
                ),
                params={"raw": str(raw)[:60], "kind": str(Kind(kind).label)},
            )
        ) from None


def typed(kind: str, value: Any) -> Any:
    """The value as the code uses it: int, Decimal, str, bool, list[str] or kernel `Term`."""
    if kind == Kind.DECIMAL:
        return Decimal(value)
    if kind == Kind.TERM:
        return Term.parse(value)
    return value


def shown(kind: str, value: Any, unit: str = "") -> str:
    """The value in words: 300 ‱ is read as 3%."""
    if kind == Kind.BOOL:
        return _("是") if value else _("否")
    if kind == Kind.TERM:
        return Term.parse(value).label
    if kind == Kind.INT and unit == BASIS_POINTS:
        return share_text(value)
    text = "、".join(str(item) for item in value) if kind == Kind.LIST else str(value)
    return f"{text} {unit}".strip()


def _int(raw: Any) -> int:
    if isinstance(raw, bool) or (isinstance(raw, float) and not raw.is_integer()):
        raise ValueError
    return int(raw)


def _decimal(raw: Any) -> str:
    number = Decimal(str(raw).strip())
    if not number.is_finite():
        raise ValueError
    return str(number)


def _text(raw: Any) -> str:
    text = str(raw).strip()
    if not text:
        raise ValueError
    return text


def _bool(raw: Any) -> bool:
    text = str(raw).strip().lower()
    if text not in _TRUE + _FALSE:
        raise ValueError
    return text in _TRUE


def _list(raw: Any) -> list[str]:
    parts = raw.replace("，", ",").replace("、", ",").split(",") if isinstance(raw, str) else list(raw)
    items = [str(part).strip() for part in parts if str(part).strip()]
    if not items:
        raise ValueError
    return items


def _term(raw: Any) -> str:
    return str(Term.parse(str(raw)))


_STORE = {
    Kind.INT: _int,
    Kind.DECIMAL: _decimal,
    Kind.TEXT: _text,
    Kind.BOOL: _bool,
    Kind.LIST: _list,
    Kind.TERM: _term,
}
