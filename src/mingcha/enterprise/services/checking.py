"""核对入企码: a firm without a smartphone reads six digits out on the telephone or at the counter."""

from __future__ import annotations

import re
from datetime import timedelta

from mingcha.accounts.models import User
from mingcha.base import clock, limits
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System
from mingcha.basics.rules import require_role
from mingcha.enterprise.events import CodeChecked
from mingcha.enterprise.models import CodeCheck
from mingcha.inspection.models import VisitPackage
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

#: Who answers the telephone: anybody at a desk of the bureau.
CHECKERS = (Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.OVERSEER)
_PLATFORM = System(purpose="code check")
_SIX = re.compile(r"[0-9]{6}")
_BASIS = gettext_noop("国办发〔2024〕54号九：扫码入企；企业有权核验检查人员身份")


@service
def check_digits(*, actor: Officer, digits: str) -> CodeCheck:
    """Look six digits up and record that somebody did; `issue` of the result is None where nobody has them.

    Refused for what is no six digits, and after too many wrong ones in an hour: whoever guesses would learn
    where inspectors are about to go.
    """
    require_role(actor, CHECKERS, gettext_noop("核对入企码"))
    given = "".join(digits.split())
    if not _SIX.fullmatch(given):
        raise Refused(
            Refusal(
                "code.digits",
                gettext_noop("入企码是六位数字"),
                _BASIS,
                gettext_noop("请企业照检查人员手机上的大字再报一遍"),
            )
        )
    # One at a time: many windows at once guess no more often than one.
    User.objects.select_for_update().get(pk=actor.id)
    since = clock.now() - timedelta(hours=1)
    wrong = CodeCheck.objects.filter(officer=actor.id, at__gt=since, issue=None).count()
    limits.check("wrong_codes", wrong + 1)
    issue = VisitPackage.objects.visible_to(_PLATFORM).standing().filter(digits=given).first()
    made = CodeCheck.objects.create(officer_id=actor.id, at=clock.now(), issue=issue)
    emit(CodeChecked(thing=Thing.nameless(made), after={"found": issue is not None}))
    return made
