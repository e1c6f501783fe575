"""Who may open which page of plans and draws."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.BUREAU: (
        "planning:draw-notice",
        "planning:draw-open",
        "planning:draws-detail",
        "planning:draws-export",
        "planning:draws-history",
        "planning:draws-list",
        "planning:plan-base",
        "planning:plan-line",
        "planning:plan-members",
        "planning:plan-people",
        "planning:plan-progress",
        "planning:plan-versions",
        "planning:plans-detail",
        "planning:plans-export",
        "planning:plans-history",
        "planning:plans-list",
    ),
    who.HEAD_AND_LEADER_AND_OVERSEER: (
        "planning:draw-confirm",
        "planning:draw-return",
    ),
    who.COORDINATOR_AND_LEADER: (
        "planning:draw-void",
        "planning:plan-verb",
    ),
    who.COORDINATOR_AND_OVERSEER: ("planning:draw-bundle",),
    who.OVERSEER: ("planning:draw-escrow",),
    who.COORDINATOR_AND_HEAD: ("planning:draw-digits",),
    who.COORDINATOR: (
        "planning:draw-seal",
        "planning:draws-create",
        "planning:draws-edit",
        "planning:plan-freeze",
        "planning:plan-line-create",
        "planning:plan-line-edit",
        "planning:plan-line-rates",
        "planning:plan-line-remove",
        "planning:plan-new-version",
        "planning:plan-packages",
        "planning:plan-superior",
        "planning:plan-superior-confirm",
        "planning:plans-create",
        "planning:plans-edit",
    ),
    who.COORDINATOR_AND_LEADER_AND_OVERSEER: ("planning:plan-base-file",),
    who.LEADER: ("planning:draw-abandon",),
}
