"""Who may open pages: the groups that the tables beside this file speak of."""

from mingcha.base.roles import Role

Audience = frozenset[str]

#: Anyone, signed in or not.
EVERYONE: Audience = frozenset({"everyone"})
#: Anyone who is signed in.
OFFICERS: Audience = frozenset({"officers"})
BUREAU: Audience = frozenset({Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.OVERSEER})
BUREAU_AND_ADMINISTRATOR: Audience = BUREAU | {Role.ADMINISTRATOR}
ADMINISTRATOR: Audience = frozenset({Role.ADMINISTRATOR})
COORDINATOR: Audience = frozenset({Role.COORDINATOR})
INSPECTOR: Audience = frozenset({Role.INSPECTOR})
OVERSEER: Audience = frozenset({Role.OVERSEER})
LEADER: Audience = frozenset({Role.BUREAU_LEADER})
ADMINISTRATOR_AND_COORDINATOR: Audience = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})
ADMINISTRATOR_AND_OVERSEER: Audience = frozenset({Role.ADMINISTRATOR, Role.OVERSEER})
COORDINATOR_AND_HEAD: Audience = frozenset({Role.COORDINATOR, Role.SECTION_HEAD})
COORDINATOR_AND_LEADER: Audience = frozenset({Role.COORDINATOR, Role.BUREAU_LEADER})
COORDINATOR_AND_OVERSEER: Audience = frozenset({Role.COORDINATOR, Role.OVERSEER})
LEADER_AND_OVERSEER: Audience = frozenset({Role.BUREAU_LEADER, Role.OVERSEER})
HEAD_AND_PARTNER: Audience = frozenset({Role.SECTION_HEAD, Role.PARTNER})
HEAD_AND_LEADER: Audience = frozenset({Role.SECTION_HEAD, Role.BUREAU_LEADER})
ADMINISTRATOR_AND_LEADER_AND_OVERSEER: Audience = frozenset(
    {Role.ADMINISTRATOR, Role.BUREAU_LEADER, Role.OVERSEER}
)
COORDINATOR_AND_HEAD_AND_LEADER: Audience = frozenset(
    {Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER}
)
COORDINATOR_AND_LEADER_AND_OVERSEER: Audience = frozenset(
    {Role.COORDINATOR, Role.BUREAU_LEADER, Role.OVERSEER}
)
HEAD_AND_LEADER_AND_OVERSEER: Audience = frozenset({Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.OVERSEER})
BUREAU_AND_PARTNER: Audience = BUREAU | {Role.PARTNER}
BUREAU_AND_PARTNER_AND_INSPECTOR: Audience = BUREAU_AND_PARTNER | {Role.INSPECTOR}
COORDINATOR_AND_HEAD_AND_PARTNER: Audience = COORDINATOR_AND_HEAD | {Role.PARTNER}
COORDINATOR_AND_HEAD_AND_LEADER_AND_PARTNER_AND_INSPECTOR: Audience = COORDINATOR_AND_HEAD_AND_LEADER | {
    Role.PARTNER,
    Role.INSPECTOR,
}
