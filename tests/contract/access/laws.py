"""Who may open which page of the law library."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.OFFICERS: (
        "laws:laws-detail",
        "laws:laws-export",
        "laws:laws-history",
        "laws:laws-list",
        "laws:search",
        "laws:text",
        "laws:versions",
    ),
    who.COORDINATOR_AND_HEAD_AND_LEADER: ("laws:text-confirm",),
    who.COORDINATOR_AND_HEAD: (
        "laws:laws-create",
        "laws:laws-edit",
        "laws:repeal",
        "laws:text-add",
    ),
}
