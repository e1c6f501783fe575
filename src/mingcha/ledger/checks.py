"""What is looked at when the program starts (`check --database default`, `migrate`, `serve`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from mingcha.kernel.digest import ALGORITHMS
from mingcha.ledger import protection


@register(Tags.security)
def algorithm_is_known(**_kwargs: Any) -> list[CheckMessage]:
    """MINGCHA_LEDGER_ALGORITHM names a digest that this program can compute."""
    if settings.LEDGER_ALGORITHM in ALGORITHMS:
        return []
    return [
        Error(
            f"MINGCHA_LEDGER_ALGORITHM={settings.LEDGER_ALGORITHM!r} 不是可用的摘要算法",
            hint=f"请设为 {'、'.join(ALGORITHMS)} 之一",
            id="mingcha.ledger.E001",
        )
    ]


@register(Tags.database)
def database_is_supported(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """The ledger needs triggers and a lock that are written for SQLite and PostgreSQL only."""
    return [
        Error(
            f"存证链不支持 {connections[alias].vendor} 数据库",
            hint="请使用 SQLite 或 PostgreSQL",
            id="mingcha.ledger.E002",
        )
        for alias in databases or ()
        if connections[alias].vendor not in ("sqlite", "postgresql")
    ]


@register(Tags.database)
def protection_stands(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """The database's own refusal is in place.

    A warning, not an error: an error would keep `migrate` from running, which puts the triggers back.
    """
    return [
        Warning(
            f"存证链的数据库保护缺失或被停用：{'、'.join(gone)}",
            hint="先查明原因，再运行 mingcha ledger protect 恢复，并运行 mingcha ledger verify 核对",
            id="mingcha.ledger.W001",
        )
        for alias in databases or ()
        if connections[alias].vendor in ("sqlite", "postgresql") and (gone := protection.missing(alias))
    ]
