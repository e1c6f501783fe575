"""Who may open which page of inspections."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.BUREAU_AND_PARTNER_AND_INSPECTOR: (
        "inspection:inspections-detail",
        "inspection:inspections-export",
        "inspection:inspections-history",
        "inspection:inspections-list",
        "inspection:notice",
        "inspection:unvisited-request",
        "inspection:notice-pdf",
    ),
    who.COORDINATOR_AND_HEAD_AND_PARTNER_AND_INSPECTOR: (
        "inspection:issue",
        "inspection:notice-signed",
        "inspection:package",
    ),
    who.HEAD_AND_PARTNER_AND_INSPECTOR: ("inspection:leave", "inspection:unvisited"),
    who.HEAD_AND_LEADER_AND_PARTNER_AND_INSPECTOR: ("inspection:unvisited-verb",),
    who.EVERYONE: ("inspection:phone-app", "inspection:phone-worker"),
    who.COORDINATOR_AND_INSPECTOR: ("inspection:copy-record", "inspection:evidence-drop"),
    who.INSPECTOR: (
        "inspection:enter",
        "inspection:make-up",
        "inspection:show-code",
        "inspection:phone",
        "inspection:phone-announce",
        "inspection:phone-exchange",
        "inspection:phone-hello",
        "inspection:phone-numbers",
        "inspection:phone-piece",
    ),
}
