"""Who may open which page of handing over to the superior's platform."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.COORDINATOR: (
        "inspection:return-blank",
        "inspection:return-file",
        "inspection:return-make",
        "inspection:return-map",
        "inspection:return-read",
        "inspection:return-verb",
    ),
    who.COORDINATOR_AND_OVERSEER: (
        "inspection:return-copy",
        "inspection:return-templates-detail",
        "inspection:return-templates-history",
        "inspection:return-templates-list",
        "inspection:returns-detail",
        "inspection:returns-export",
        "inspection:returns-history",
        "inspection:returns-list",
    ),
}
