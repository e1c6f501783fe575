"""Setting parameters.

    set_value(actor=…, code="CAP_DEFAULT", value=3, effective_from=date(2027, 1, 1), source="冀人社…号")
    confirm_value(actor=…, row_id=…, note="与原件核对")

A value never ends by hand: the next one ends it the day before it begins. What held in the past is kept.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics import values
from mingcha.basics.events import ParameterDefined, ParameterSet
from mingcha.basics.models import Parameter, ParameterValue, Trust
from mingcha.basics.rules import KEEPERS, refuse, require_role, required_text
from mingcha.basics.services import dated
from mingcha.kernel.refusal import gettext_noop


@service
def define(
    *,
    actor: Viewer,
    code: str,
    label: str,
    kind: str,
    section: str,
    unit: str = "",
    keeper: Role = Role.COORDINATOR,
    meaning: str = "",
    confirm_with: str = "",
) -> Parameter:
    """Make a parameter known; idempotent. Its words may be improved by a new version, its kind may not."""
    require_role(actor, (Role.ADMINISTRATOR,), gettext_noop("登记参数"))
    words = {
        "label": label,
        "section": section,
        "unit": unit,
        "keeper": keeper,
        "meaning": meaning,
        "confirm_with": confirm_with,
    }
    parameter, created = Parameter.objects.get_or_create(code=code, defaults={"kind": kind, **words})
    if parameter.kind != kind:
        raise ValueError(f"parameter {code} is {parameter.kind}, not {kind}")
    if created:
        emit(ParameterDefined(thing=Thing.of(parameter), after={"code": code, "kind": kind}))
    elif any(getattr(parameter, name) != text for name, text in words.items()):
        for name, text in words.items():
            setattr(parameter, name, text)
        parameter.save()
    return parameter


@service
def set_value(
    *,
    actor: Viewer,
    code: str,
    value: Any,
    effective_from: date,
    source: str,
    trust: Trust | str = Trust.BUREAU,
    confirmed: bool = False,
    note: str = "",
    why: str = "",
) -> ParameterValue:
    """Enter the value that applies from a day on; the former one ends the day before.

    `value` is given as typed (2, "20WD", "A,B"); Refused when it does not suit the parameter's kind.
    `why` is needed when the day lies in the past. `confirmed` only for initial data whose text was read.
    """
    require_role(actor, KEEPERS, gettext_noop("录入参数"))
    # Locking the parameter makes two entries for it queue, also when it has no value yet.
    parameter = Parameter.objects.select_for_update().filter(code=code).first()
    if parameter is None:
        raise refuse(
            "parameter.unknown",
            gettext_noop("没有名为 %(code)s 的参数"),
            gettext_noop("请核对参数代码"),
            code=code,
        )
    row = ParameterValue(
        parameter=parameter,
        value=values.stored(parameter.kind, value),
        effective_from=effective_from,
        source=required_text(source, gettext_noop("来源")),
        trust=trust,
        confirmed=confirmed and dated.settled(trust),
        note=note.strip(),
    )
    former = dated.place(parameter.values.all(), row, actor=actor, why=why)
    emit(
        ParameterSet(
            thing=Thing.of(parameter),
            before={"value": former.shown} if isinstance(former, ParameterValue) else {},
            after={"value": row.shown, "from": effective_from, "source": row.source},
            why=why.strip(),
        )
    )
    return row


@service
def confirm_value(*, actor: Viewer, row_id: int, note: str) -> ParameterValue:
    """Confirm a value that was 待确认; `note` says what it was compared with."""
    rows = ParameterValue.objects.select_related("parameter")
    return dated.confirm(rows, row_id, actor=actor, note=note)  # type: ignore[no-any-return]
