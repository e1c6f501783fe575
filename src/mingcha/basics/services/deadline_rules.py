"""Keeping the table of legal terms: dated rows, like parameters.

set_rule(actor=…, code="T04", …, term="60WD", effective_from=day, source="条例第十七条")
confirm_rule(actor=…, row_id=…, note="…")
"""

from __future__ import annotations

from datetime import date

from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.events import RuleSet
from mingcha.basics.models import DeadlineRule, Trust
from mingcha.basics.models.deadlines import Form
from mingcha.basics.rules import KEEPERS, refuse, require_role, required_text
from mingcha.basics.services import dated
from mingcha.kernel.refusal import gettext_noop
from mingcha.kernel.terms import Term


@service
def set_rule(
    *,
    actor: Viewer,
    code: str,
    label: str,
    trigger: str,
    form: str,
    source: str,
    effective_from: date,
    term: str = "",
    parameter: str = "",
    extends: str = "",
    roll: str = "forward",
    warn_at: tuple[int, ...] | list[int] = (7, 3, 1),
    trust: Trust | str = Trust.BUREAU,
    confirmed: bool = False,
    note: str = "",
    why: str = "",
) -> DeadlineRule:
    """Enter a rule that applies to deadlines starting on or after a day; running ones keep theirs."""
    require_role(actor, KEEPERS, gettext_noop("录入期限规则"))
    _check_rule(form, term, parameter, extends)
    row = DeadlineRule(
        code=required_text(code, gettext_noop("规则代码")),
        label=label,
        trigger=trigger,
        form=form,
        term=str(Term.parse(term)) if term else "",
        parameter=parameter,
        extends=extends,
        roll=roll,
        warn_at=sorted({int(days) for days in warn_at if int(days) > 0}, reverse=True),
        source=required_text(source, gettext_noop("依据")),
        trust=trust,
        confirmed=confirmed and dated.settled(trust),
        note=note.strip(),
        effective_from=effective_from,
    )
    former = dated.place(DeadlineRule.objects.filter(code=code), row, actor=actor, why=why)
    emit(
        RuleSet(
            thing=Thing.of(row),
            before={"term": former.term, "label": former.label} if isinstance(former, DeadlineRule) else {},
            after={"term": row.term or row.parameter, "label": label, "from": effective_from},
            why=why.strip(),
        )
    )
    return row


@service
def confirm_rule(*, actor: Viewer, row_id: int, note: str) -> DeadlineRule:
    """Confirm a rule that was 待确认; `note` says what it was compared with."""
    return dated.confirm(DeadlineRule.objects.all(), row_id, actor=actor, note=note)  # type: ignore[no-any-return]


def _check_rule(form: str, term: str, parameter: str, extends: str) -> None:
    counts = form in (Form.TERM, Form.NOTICE, Form.EXTENSION)
    if counts != bool(term or parameter) or (term and parameter) or (form == Form.EXTENSION) != bool(extends):
        raise refuse(
            "rule.form",
            gettext_noop("期限规则的方式与期限不相符"),
            gettext_noop("计时的规则填写期限或参数之一；延长规则另填被延长的规则代码；其他方式都不填"),
        )
    try:
        Term.parse(term or "1D")
    except ValueError:
        raise refuse(
            "rule.term",
            gettext_noop("“%(term)s”不是期限"),
            gettext_noop("请按 20WD（工作日）、30D（日）、6M（月）、2Y（年）、24H（小时）填写"),
            term=term[:20],
        ) from None
