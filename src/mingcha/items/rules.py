"""N2: only a published item that is in force may be inspected (domain E3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from mingcha.items.lifecycle import E3
from mingcha.items.models import ItemVersion
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop


def not_in_force(versions: Iterable[ItemVersion], on: date, until: date | None = None) -> tuple[Refusal, ...]:
    """A refusal for each version that is not in force from `on` through `until`."""
    failing = [
        (version, _failing_day(version, on)) for version in versions if not version.in_force(on, until)
    ]
    return tuple(_refusal(version, day) for version, day in failing)


def require_in_force(versions: Iterable[ItemVersion], on: date, until: date | None = None) -> None:
    """Refused ("item.not_in_force") unless every version is published and in force over the whole time."""
    refusals = not_in_force(versions, on, until)
    if refusals:
        raise Refused(*refusals)


def _failing_day(version: ItemVersion, on: date) -> date:
    """The first day from `on` on for which it cannot be used: the day after its end, where it has begun."""
    if version.in_force(on) and version.effective_until is not None:
        return version.effective_until + timedelta(days=1)
    return on


def _refusal(version: ItemVersion, on: date) -> Refusal:
    return Refusal(
        "item.not_in_force",
        gettext_noop("抽查事项“%(item)s”%(state)s，不能用于 %(day)s 的检查"),
        E3,
        gettext_noop("请改选已公布并在施行期内的事项版本；确需检查的，先按程序公布事项"),
        {"item": str(version), "state": _why(version), "day": on.isoformat()},
    )


def _why(version: ItemVersion) -> str:
    if version.effective_from is None:
        return gettext_noop("还没有公布")
    if version.effective_until is None:
        return f"自 {version.effective_from.isoformat()} 起施行"
    return f"的施行期是 {version.effective_from.isoformat()} 至 {version.effective_until.isoformat()}"
