"""What happens in the registers."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event


@dataclass(frozen=True, kw_only=True)
class SubjectEntered(Event):
    code = "registry.subject.entered"
    label = _("录入检查对象")


@dataclass(frozen=True, kw_only=True)
class SubjectChanged(Event):
    code = "registry.subject.changed"
    label = _("修改检查对象")


@dataclass(frozen=True, kw_only=True)
class InspectorEntered(Event):
    code = "registry.inspector.entered"
    label = _("录入执法人员")


@dataclass(frozen=True, kw_only=True)
class InspectorChanged(Event):
    code = "registry.inspector.changed"
    label = _("修改执法人员")


@dataclass(frozen=True, kw_only=True)
class RecusalDeclared(Event):
    code = "registry.recusal.declared"
    label = _("登记回避")


@dataclass(frozen=True, kw_only=True)
class RecusalChanged(Event):
    code = "registry.recusal.changed"
    label = _("修改回避登记")
