"""The menu entries of accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models.duties import WATCHERS
from mingcha.base.roles import Role
from mingcha.web.navigation import Entry, add

#: Who may look at the list of people; each sees those within reach.
PEOPLE_READERS = (
    Role.ADMINISTRATOR,
    Role.OVERSEER,
    Role.BUREAU_LEADER,
    Role.COORDINATOR,
    Role.SECTION_HEAD,
)

add(
    Entry(
        code="accounts.users",
        label=_("人员"),
        url_name="accounts:users-list",
        icon="users",
        group="settings",
        order=10,
        roles=PEOPLE_READERS,
    )
)
add(
    Entry(
        code="accounts.units",
        label=_("单位"),
        url_name="accounts:units-list",
        icon="network",
        group="settings",
        order=20,
    )
)
add(
    Entry(
        code="accounts.roles",
        label=_("角色说明"),
        url_name="accounts:roles",
        icon="id-card",
        group="settings",
        order=30,
    )
)
add(
    Entry(
        code="accounts.matrix",
        label=_("职责分离"),
        url_name="accounts:matrix",
        icon="split",
        group="settings",
        order=40,
        roles=WATCHERS,
    )
)
add(
    Entry(
        code="accounts.profile",
        label=_("我的账号"),
        url_name="accounts:profile",
        icon="circle-user-round",
        group="settings",
        order=5,
    )
)
