"""Who may open which page of the chain of records."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.EVERYONE: ("ledger:heads",),
    who.ADMINISTRATOR_AND_LEADER_AND_OVERSEER: (
        "ledger:home",
        "ledger:records-detail",
        "ledger:records-export",
        "ledger:records-history",
        "ledger:records-list",
    ),
}
