"""Who may open which page of the public site and its copies."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.EVERYONE: (
        "portal:bundle",
        "portal:check",
        "portal:draw",
        "portal:draws",
        "portal:feed",
        "portal:file",
        "portal:home",
        "portal:how",
        "portal:law",
        "portal:laws",
        "portal:publication",
        "portal:publication-csv",
        "portal:publication-feed",
        "portal:publication-file",
        "portal:publication-index",
        "portal:publication-index-script",
        "portal:publication-json",
        "portal:publication-schema",
        "portal:publication-snapshot",
        "portal:publication-type",
        "portal:publications",
        "portal:register",
        "portal:results",
        "portal:results-csv",
        "portal:results-index-script",
        "portal:results-json",
        "portal:results-of-firm",
        "portal:results-of-year",
        "portal:verify",
        "portal:verify-on-server",
        "portal:verify-script",
    ),
    who.ADMINISTRATOR_AND_COORDINATOR: (
        "site:download-export",
        "site:exports",
        "site:start-export",
    ),
}
