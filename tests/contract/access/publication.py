"""Who may open which page of publications."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.BUREAU_AND_ADMINISTRATOR: (
        "publication:publications-detail",
        "publication:publications-export",
        "publication:publications-history",
        "publication:publications-list",
        "publication:types",
    ),
    who.COORDINATOR_AND_HEAD_AND_LEADER: (
        "publication:publish",
        "publication:return",
        "publication:withdraw",
    ),
}
