"""Who may open which page of single inspections, of visits that are none, of recusals applied for."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.COORDINATOR_AND_HEAD: ("inspection:other-visit", "inspection:start"),
    who.LEADER: ("inspection:application-grant", "inspection:application-reject"),
    who.COORDINATOR_AND_HEAD_AND_INSPECTOR: (
        "inspection:apply-for-recusal",
        "inspection:change",
        "inspection:draft",
        "inspection:draft-verb",
    ),
    who.BUREAU_AND_PARTNER_AND_INSPECTOR: (
        "inspection:recusal-applications-detail",
        "inspection:recusal-applications-export",
        "inspection:recusal-applications-history",
        "inspection:recusal-applications-list",
        "inspection:sheet",
        "inspection:sheet-pdf",
    ),
}
