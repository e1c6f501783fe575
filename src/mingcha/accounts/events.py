"""What happens to units, people, roles and sessions. No secret and no phone number is ever in here."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event


class UnitCreated(Event):
    code: ClassVar[str] = "accounts.unit_created"
    label: ClassVar[str] = _("新设单位")


class UnitRenamed(Event):
    code: ClassVar[str] = "accounts.unit_renamed"
    label: ClassVar[str] = _("修改单位")


class UnitMoved(Event):
    code: ClassVar[str] = "accounts.unit_moved"
    label: ClassVar[str] = _("调整单位隶属")


class UnitClosed(Event):
    code: ClassVar[str] = "accounts.unit_closed"
    label: ClassVar[str] = _("撤销单位")


class UserCreated(Event):
    code: ClassVar[str] = "accounts.user_created"
    label: ClassVar[str] = _("新增人员")


class UserEdited(Event):
    code: ClassVar[str] = "accounts.user_edited"
    label: ClassVar[str] = _("修改人员")


class UserDeactivated(Event):
    code: ClassVar[str] = "accounts.user_deactivated"
    label: ClassVar[str] = _("停用账号")


class UserReactivated(Event):
    code: ClassVar[str] = "accounts.user_reactivated"
    label: ClassVar[str] = _("恢复账号")


class DeputyNamed(Event):
    code: ClassVar[str] = "accounts.deputy_named"
    label: ClassVar[str] = _("指定代理人")


class DeputyRemoved(Event):
    code: ClassVar[str] = "accounts.deputy_removed"
    label: ClassVar[str] = _("取消代理人")


class RoleGranted(Event):
    code: ClassVar[str] = "accounts.role_granted"
    label: ClassVar[str] = _("授予角色")


class RoleRevoked(Event):
    code: ClassVar[str] = "accounts.role_revoked"
    label: ClassVar[str] = _("收回角色")


class PasswordChanged(Event):
    code: ClassVar[str] = "accounts.password_changed"
    label: ClassVar[str] = _("本人修改密码")


class PasswordReset(Event):
    code: ClassVar[str] = "accounts.password_reset"
    label: ClassVar[str] = _("重置密码")


class SecondFactorEnrolled(Event):
    code: ClassVar[str] = "accounts.second_factor_enrolled"
    label: ClassVar[str] = _("绑定两步验证")


class SecondFactorReset(Event):
    code: ClassVar[str] = "accounts.second_factor_reset"
    label: ClassVar[str] = _("解除两步验证")


class RecoveryCodesIssued(Event):
    code: ClassVar[str] = "accounts.recovery_codes_issued"
    label: ClassVar[str] = _("生成恢复码")


class RecoveryCodeUsed(Event):
    code: ClassVar[str] = "accounts.recovery_code_used"
    label: ClassVar[str] = _("使用恢复码")


class SignedIn(Event):
    code: ClassVar[str] = "accounts.signed_in"
    label: ClassVar[str] = _("登录")


class SessionEnded(Event):
    code: ClassVar[str] = "accounts.session_ended"
    label: ClassVar[str] = _("结束登录")


class LockedOut(Event):
    code: ClassVar[str] = "accounts.locked_out"
    label: ClassVar[str] = _("多次登录失败，账号锁定")


class Unlocked(Event):
    code: ClassVar[str] = "accounts.unlocked"
    label: ClassVar[str] = _("解除锁定")


class DutyConflictChanged(Event):
    code: ClassVar[str] = "accounts.duty_conflict_changed"
    label: ClassVar[str] = _("修改不相容职责")


class ViewShared(Event):
    code: ClassVar[str] = "accounts.view_shared"
    label: ClassVar[str] = _("共享列表视图")


class SharedViewChanged(Event):
    code: ClassVar[str] = "accounts.shared_view_changed"
    label: ClassVar[str] = _("修改共享的列表视图")


class SharedViewWithdrawn(Event):
    code: ClassVar[str] = "accounts.shared_view_withdrawn"
    label: ClassVar[str] = _("收回共享的列表视图")
