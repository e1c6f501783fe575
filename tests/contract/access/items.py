"""Who may open which page of the item list."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.OFFICERS: (
        "items:items-detail",
        "items:items-export",
        "items:items-history",
        "items:items-list",
        "items:print",
        "items:sheet",
        "items:version",
    ),
    who.BUREAU: (
        "items:flags-detail",
        "items:flags-export",
        "items:flags-history",
        "items:flags-list",
        "items:revisions-detail",
        "items:revisions-export",
        "items:revisions-history",
        "items:revisions-list",
        "items:superiors-detail",
        "items:superiors-export",
        "items:superiors-history",
        "items:superiors-list",
    ),
    who.HEAD_AND_LEADER: ("items:confirm", "items:stop"),
    who.COORDINATOR_AND_HEAD: (
        "items:create",
        "items:discard",
        "items:draft-next",
        "items:flag-review",
        "items:propose",
        "items:superior-accept",
        "items:superior-cancel",
        "items:superior-confirm",
        "items:superior-row",
        "items:superiors-create",
        "items:version-edit",
    ),
}
