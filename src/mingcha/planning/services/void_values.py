"""What a void draw would have drawn, once the lottery that it named has been drawn anyway (protocol §5.2).

Nobody can void a result that he dislikes and have it forgotten: it stands beside the reason for ever.
"""

from __future__ import annotations

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role
from mingcha.kernel import draw as ssj
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning import roster, selectors
from mingcha.planning.events import VoidValueRecorded
from mingcha.planning.models import Draw, DrawFile
from mingcha.planning.services.common import freeze
from mingcha.planning.services.digits import check_value

#: Whoever may record it; the value is printed in every newspaper, so one person is enough.
RECORDERS = (Role.COORDINATOR, Role.BUREAU_LEADER, Role.OVERSEER)


@service
def record_void_value(*, actor: Officer, draw: Draw, digits: str) -> Draw:
    """Record the lottery's numbers for a void draw and publish what they determine; nothing is dispatched."""
    require_role(actor, RECORDERS, gettext_noop("录入作废抽取的开奖号码"))
    draw = locked(draw, actor)
    if not selectors.void_without_value(draw):
        raise Refused(_nothing_to_record())
    check_value(draw, digits)
    draw.digits = digits
    files = selectors.files_for(draw, roster.EVERYONE)
    names = files.pop(roster.NAMES_FILE)
    revealed = ssj.reveal(files, selectors.entropy_values(draw))
    public = ssj.public_bundle(revealed.files, {"names.csv": names})
    draw.save(update_fields=["digits"])
    freeze(draw, public, DrawFile.Audience.PUBLIC)
    told = {"digits": digits, "result_digest": hex_digest(public["result.csv"]), "at": clock.now()}
    emit(VoidValueRecorded(thing=Thing.of(draw), after=told))
    return draw


def _nothing_to_record() -> Refusal:
    return Refusal(
        "draw.no_void_value",
        gettext_noop("这次抽取没有需要补录的开奖号码"),
        gettext_noop("SSJ-1 抽取协议 §5.2：作废的编号与它本来会有的结果并列公开"),
        gettext_noop("只有用快乐8、已经作废、又到了开奖时间的抽取，才补录开奖号码，而且只录一次"),
    )
