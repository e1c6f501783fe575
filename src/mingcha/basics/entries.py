"""The menu entries of basics."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.web.navigation import Entry, add

#: Who may look at the settings of the field.
READERS = (
    Role.ADMINISTRATOR,
    Role.COORDINATOR,
    Role.SECTION_HEAD,
    Role.BUREAU_LEADER,
    Role.OVERSEER,
)

for _entry in (
    Entry("basics.approvals", _("审批"), "basics:my-approvals", "stamp", "work", 20),
    Entry("basics.deadlines", _("期限"), "basics:deadlines-list", "alarm-clock", "work", 30),
    Entry(
        "basics.parameters",
        _("参数"),
        "basics:parameters-list",
        "sliders-horizontal",
        "settings",
        100,
        READERS,
    ),
    Entry(
        "basics.unconfirmed",
        _("待确认参数"),
        "basics:unconfirmed-list",
        "badge-question-mark",
        "settings",
        110,
        READERS,
    ),
    Entry("basics.workdays", _("工作日历"), "basics:workdays", "calendar-days", "settings", 120),
    Entry("basics.rules", _("期限规则"), "basics:rules-list", "timer", "settings", 130, READERS),
    Entry("basics.series", _("文号序列"), "basics:series-list", "list-ordered", "settings", 140, READERS),
    Entry("basics.numbers", _("文号登记"), "basics:numbers-list", "hash", "settings", 150, READERS),
    Entry("basics.routes", _("审批路线"), "basics:routes-list", "route", "settings", 160, READERS),
    Entry("basics.limits", _("系统限额"), "basics:limits", "gauge", "settings", 170, (Role.ADMINISTRATOR,)),
):
    add(_entry)
