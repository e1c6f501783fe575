"""The values that component templates show: buttons for verbs, sections of a detail page, crumbs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.crypto import masking
from mingcha.kernel.lifecycle import Lifecycle, Transition
from mingcha.kernel.refusal import Refusal
from mingcha.web.providers import Tone
from mingcha.web.text import Text

Mask = Literal["name", "phone", "id_number", "account", "address"]

WEEKDAYS = (
    _("星期一"),
    _("星期二"),
    _("星期三"),
    _("星期四"),
    _("星期五"),
    _("星期六"),
    _("星期日"),
)


@dataclass(frozen=True)
class Crumb:
    """One step of the way from the home page to this one; the last has no address."""

    label: Text
    url: str = ""


@dataclass(frozen=True)
class Action:
    """One thing that can be done from a page.

    With `post` it is a button that changes something (a form with a once-token); else a link. When
    `refusals` are given it is shown, disabled, with every reason beside it.
    """

    label: Text
    url: str
    icon: str = "arrow-right"
    primary: bool = False
    danger: bool = False
    post: bool = False
    needs_reason: bool = False
    hint: Text = ""
    refusals: tuple[Refusal, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    #: The verb of the lifecycle that it is the button of; empty for what is none.
    verb: str = ""


@dataclass(frozen=True)
class ShownRefusal:
    """A refusal in the reader's language."""

    code: str
    message: str
    basis: str
    remedy: str


def show_refusals(refusals: Iterable[Refusal]) -> list[ShownRefusal]:
    """Translate and fill in each part of each refusal."""
    return [
        ShownRefusal(
            code=refusal.code,
            message=refusal.shown("message", gettext),
            basis=refusal.shown("basis", gettext),
            remedy=refusal.shown("remedy", gettext),
        )
        for refusal in refusals
    ]


def verb_actions(
    lifecycle: Lifecycle[Any],
    *,
    state: str,
    roles: Iterable[str],
    facts: Any,
    url_for: Callable[[Transition[Any]], str],
    icons: dict[str, str] | None = None,
    danger: Sequence[str] = (),
    quiet: Sequence[str] = (),
) -> list[Action]:
    """The buttons of a thing: every verb of its state for these roles, the refused ones with why.

    The first verb that is allowed is the primary button. `danger` names verbs shown in red, `quiet` those
    that are nobody's next step, such as taking back what one has asked for.
    """
    held = list(roles)
    actions: list[Action] = []
    for row in lifecycle.verbs(state, held):
        preview = lifecycle.preview(state, row.verb, held, facts)
        first = not any(action.primary for action in actions)
        actions.append(
            Action(
                label=gettext(row.label),
                url=url_for(row),
                icon=(icons or {}).get(row.verb, "circle-play"),
                primary=preview.allowed and first and row.verb not in (*danger, *quiet),
                danger=row.verb in danger,
                post=True,
                needs_reason=row.needs_reason,
                refusals=preview.refusals,
                verb=row.verb,
            )
        )
    return actions


def one_primary(actions: Iterable[Action]) -> list[Action]:
    """The actions of a page that gathers them from several hands: only the first that is primary and is not
    refused stays so."""
    found: list[Action] = []
    for action in actions:
        quiet = bool(action.refusals) or any(one.primary for one in found)
        found.append(replace(action, primary=False) if action.primary and quiet else action)
    return found


def masked(value: str, kind: Mask) -> str:
    """Hide what identifies a person, keeping enough to recognise it (rule N10, `base.crypto.masking`).

    An account keeps its last four characters, an address what stands up to the town or street.
    """
    text = str(value or "").strip()
    if not text:
        return ""
    if kind == "address":
        found = re.match(r".*?(?:街道|[乡镇])", text)
        return (found.group(0) if found else text[:6]) + "****"
    if kind == "account":
        return masking.mask(text, tail=4)
    hide = {"name": masking.mask_name, "phone": masking.mask_phone, "id_number": masking.mask_id_number}
    return hide[kind](text)


def grouped_digest(value: str, size: int = 8) -> list[str]:
    """A digest cut into groups that can be compared by eye and read out over the telephone."""
    return [value[start : start + size] for start in range(0, len(value), size)]


def local_date(value: date | datetime) -> date:
    """The date in Asia/Shanghai; legal terms count days there (design §4.5)."""
    return clock.day_of(value) if isinstance(value, datetime) else value


def date_with_weekday(value: date | datetime) -> str:
    """2026年3月5日 星期四."""
    day = local_date(value)
    return gettext("%(year)d年%(month)d月%(day)d日 %(weekday)s") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "weekday": WEEKDAYS[day.weekday()],
    }


def days_left(due: date, today: date) -> tuple[str, Tone]:
    """How long until a date, in words, and how urgent that is: warnings start at 7, 3 and 1 days."""
    left = (due - today).days
    if left < 0:
        return gettext("已逾期 %(days)d 天") % {"days": -left}, "danger"
    if left == 0:
        return gettext("今天到期"), "danger"
    if left == 1:
        return gettext("明天到期"), "warning"
    tone: Tone = "warning" if left <= 3 else "info" if left <= 7 else "secondary"
    return gettext("还有 %(days)d 天") % {"days": left}, tone
