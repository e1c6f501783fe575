"""Who may open which page of leads."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.EVERYONE: ("leads:progress",),
    who.BUREAU_AND_INSPECTOR: (
        "leads:leads-detail",
        "leads:leads-export",
        "leads:leads-history",
        "leads:leads-list",
        "leads:notice",
    ),
    who.COORDINATOR_AND_HEAD_AND_LEADER_AND_INSPECTOR: ("leads:lead-verb",),
    who.COORDINATOR_AND_HEAD_AND_INSPECTOR: (
        "leads:complainant",
        "leads:complainant-search",
        "leads:lead-answer",
        "leads:lead-ask",
        "leads:lead-assess",
        "leads:lead-close",
        "leads:lead-feedback",
        "leads:lead-identify",
        "leads:lead-merge",
        "leads:lead-paper",
        "leads:lead-person",
        "leads:lead-propose",
        "leads:notice-serve",
    ),
    who.COORDINATOR_AND_HEAD: ("leads:lead-assign", "leads:lead-register", "leads:leads-edit"),
    who.HEAD_AND_LEADER: ("leads:lead-decline", "leads:lead-send-on"),
}
