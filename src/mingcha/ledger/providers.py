"""What the ledger adds to the shared pages: histories, signs that something is wrong, a menu entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base import clock
from mingcha.base.viewers import System
from mingcha.ledger import protection
from mingcha.ledger.models import READERS, Record
from mingcha.ledger.selectors import history_of, latest_head
from mingcha.web import navigation
from mingcha.web.providers import Signal, histories, signals

#: Yesterday's head is put down shortly after midnight; a day more is a fault, not a delay.
_HEAD_GRACE = timedelta(days=2)


def register() -> None:
    """Called once at start-up."""
    histories.register("ledger")(history_of)
    signals.register("ledger.protection")(_protection)
    signals.register("ledger.heads")(_heads)
    navigation.add(
        navigation.Entry(
            code="ledger",
            label=gettext_lazy("存证链"),
            url_name="ledger:records-list",
            icon="link",
            group="oversight",
            order=90,
            roles=READERS,
        )
    )


def _protection() -> Iterator[Signal]:
    gone = protection.missing()
    if gone:
        yield Signal(
            code="ledger.protection",
            message=_("存证链的数据库保护缺失或被停用：%(names)s") % {"names": "、".join(gone)},
            remedy=_("先查明原因，再运行 mingcha ledger protect 恢复，并运行 mingcha ledger verify 核对"),
        )


def _heads() -> Iterator[Signal]:
    """The days are not being sealed: the clock stands still, or the job fails."""
    head = latest_head()
    if head is not None:
        late = clock.today() - head.day > _HEAD_GRACE
    else:
        late = Record.objects.visible_to(System("health")).filter(at__lt=clock.now() - _HEAD_GRACE).exists()
    if late:
        yield Signal(
            code="ledger.heads",
            message=_("存证链的日终摘要没有按日封存，最近一次：%(day)s")
            % {"day": head.day if head else _("从未")},
            remedy=_("请检查后台任务与时钟是否在运行；恢复后会自动补封"),
            tone="warning",
        )
