"""What happens to the ledger itself."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event


@dataclass(frozen=True, kw_only=True)
class DaySealed(Event):
    """The head of a day was put down; its digest is thereby part of the chain as well."""

    code = "ledger.day_sealed"
    label = _("封存日终摘要")


@dataclass(frozen=True, kw_only=True)
class SubjectErased(Event):
    """The key of a subject's personal values was destroyed."""

    code = "ledger.subject_erased"
    label = _("删除个人信息")


@dataclass(frozen=True, kw_only=True)
class Restored(Event):
    """The installation was restored from a backup; `after` is where the restored chain ended."""

    code = "ledger.restored"
    label = _("从备份恢复")


@dataclass(frozen=True, kw_only=True)
class ProtectionRepaired(Event):
    """Database protections that were missing were put back; `before` names them."""

    code = "ledger.protection_repaired"
    label = _("修复存证链数据库保护")
