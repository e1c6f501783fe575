"""Who may open which page. Reviewed by eye; the tests hold the code to it.

A page stands under the group of those who may open it. What they see of it is another matter: objects are
reached through `visible_to`, so an allowed page may still be a 404.
"""

from __future__ import annotations

from mingcha.base.roles import Role

#: Anyone, signed in or not.
EVERYONE = frozenset({"everyone"})
#: Anyone who is signed in.
OFFICERS = frozenset({"officers"})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
BUREAU = frozenset({Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.OVERSEER})
BUREAU_AND_ADMINISTRATOR = BUREAU | ADMINISTRATOR

_GROUPS: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (
        EVERYONE,
        (
            "accounts:second-step",
            "accounts:sign-in",
            "accounts:sign-out",
            "basics:attachment",
            "healthz",
            "ledger:heads",
            "portal:bundle",
            "portal:check",
            "portal:draw",
            "portal:draws",
            "portal:file",
            "portal:home",
            "portal:how",
            "portal:register",
            "portal:verify",
            "portal:verify-on-server",
            "portal:verify-script",
            "web:home",
        ),
    ),
    (
        OFFICERS,
        (
            "accounts:disable-factor",
            "accounts:end-session",
            "accounts:enrol",
            "accounts:own-deputy",
            "accounts:password",
            "accounts:profile",
            "accounts:remove-own-deputy",
            "accounts:renew-codes",
            "accounts:role",
            "accounts:roles",
            "accounts:second-factor",
            "accounts:start-enrolment",
            "accounts:units-detail",
            "accounts:units-export",
            "accounts:units-history",
            "accounts:units-list",
            "basics:approvals-approve",
            "basics:approvals-detail",
            "basics:approvals-export",
            "basics:approvals-history",
            "basics:approvals-list",
            "basics:approvals-paper",
            "basics:approvals-print",
            "basics:approvals-return",
            "basics:approvals-submit",
            "basics:approvals-telephone",
            "basics:approvals-withdraw",
            "basics:deadlines-detail",
            "basics:deadlines-export",
            "basics:deadlines-extend",
            "basics:deadlines-history",
            "basics:deadlines-list",
            "basics:my-approvals",
            "basics:workdays",
            "basics:workdays-year",
            "jobs:job-acknowledge",
            "jobs:job-cancel",
            "jobs:job-detail",
            "jobs:job-history",
            "jobs:job-list",
            "jobs:job-progress",
            "jobs:job-retry",
            "web:lookup",
        ),
    ),
    (
        BUREAU_AND_ADMINISTRATOR,
        (
            "accounts:users-detail",
            "accounts:users-export",
            "accounts:users-history",
            "accounts:users-list",
            "basics:numbers-detail",
            "basics:numbers-export",
            "basics:numbers-history",
            "basics:numbers-list",
            "basics:parameters-detail",
            "basics:parameters-export",
            "basics:parameters-history",
            "basics:parameters-list",
            "basics:routes-detail",
            "basics:routes-export",
            "basics:routes-history",
            "basics:routes-list",
            "basics:rules-detail",
            "basics:rules-export",
            "basics:rules-history",
            "basics:rules-list",
            "basics:series-detail",
            "basics:series-export",
            "basics:series-history",
            "basics:series-list",
            "basics:unconfirmed-detail",
            "basics:unconfirmed-export",
            "basics:unconfirmed-history",
            "basics:unconfirmed-list",
        ),
    ),
    (
        BUREAU,
        (
            "planning:draw-notice",
            "planning:draws-detail",
            "planning:draws-export",
            "planning:draws-history",
            "planning:draws-list",
            "registry:inspectors-detail",
            "registry:inspectors-export",
            "registry:inspectors-history",
            "registry:inspectors-list",
            "registry:subjects-detail",
            "registry:subjects-export",
            "registry:subjects-history",
            "registry:subjects-list",
        ),
    ),
    (
        frozenset({Role.ADMINISTRATOR, Role.BUREAU_LEADER, Role.OVERSEER}),
        (
            "ledger:home",
            "ledger:records-detail",
            "ledger:records-export",
            "ledger:records-history",
            "ledger:records-list",
        ),
    ),
    (
        frozenset({Role.BUREAU_LEADER, Role.COORDINATOR, Role.SECTION_HEAD}),
        (
            "basics:deadlines-cancel",
            "basics:rules-confirm",
            "basics:unconfirmed-confirm",
        ),
    ),
    (
        frozenset({Role.BUREAU_LEADER, Role.OVERSEER, Role.SECTION_HEAD}),
        (
            "planning:draw-confirm",
            "planning:draw-return",
        ),
    ),
    (
        frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
        (
            "basics:numbers-void",
            "basics:parameters-set",
            "basics:rules-create",
            "basics:rules-edit",
            "basics:workdays-day",
            "basics:workdays-publish",
        ),
    ),
    (
        frozenset({Role.ADMINISTRATOR, Role.OVERSEER}),
        ("accounts:matrix",),
    ),
    (
        frozenset({Role.BUREAU_LEADER, Role.COORDINATOR}),
        ("planning:draw-void",),
    ),
    (
        frozenset({Role.COORDINATOR, Role.OVERSEER}),
        (
            "planning:draw-bundle",
            "registry:recusals-detail",
            "registry:recusals-export",
            "registry:recusals-history",
            "registry:recusals-list",
        ),
    ),
    (
        frozenset({Role.COORDINATOR, Role.SECTION_HEAD}),
        (
            "planning:draw-digits",
            "registry:subjects-create",
            "registry:subjects-edit",
        ),
    ),
    (
        ADMINISTRATOR,
        (
            "accounts:close-unit",
            "accounts:deactivate",
            "accounts:grant",
            "accounts:move-unit",
            "accounts:reactivate",
            "accounts:remove-deputy",
            "accounts:reset-factor",
            "accounts:reset-password",
            "accounts:revoke-grant",
            "accounts:set-enforced",
            "accounts:units-create",
            "accounts:units-edit",
            "accounts:unlock",
            "accounts:user-deputy",
            "accounts:users-create",
            "accounts:users-edit",
            "basics:limits",
            "basics:routes-create",
            "basics:routes-edit",
            "basics:series-create",
            "basics:series-edit",
            "web:patterns",
        ),
    ),
    (
        frozenset({Role.COORDINATOR}),
        (
            "planning:draw-seal",
            "planning:draws-create",
            "planning:draws-edit",
            "registry:inspectors-create",
            "registry:inspectors-edit",
            "registry:recusals-create",
            "registry:recusals-edit",
        ),
    ),
    (
        frozenset({Role.BUREAU_LEADER}),
        ("planning:draw-abandon",),
    ),
)

PAGES: dict[str, frozenset[str]] = {name: allowed for allowed, names in _GROUPS for name in names}
