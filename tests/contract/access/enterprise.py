"""Who may open which page of a firm: whoever holds the code; and what officers see of it."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.EVERYONE: (
        "enterprise:complain",
        "enterprise:door",
        "enterprise:keys",
        "enterprise:rate",
        "enterprise:recuse",
    ),
    who.BUREAU: (
        "enterprise:check-code",
        "enterprise:code-checked",
    ),
    who.HEAD_AND_LEADER_AND_OVERSEER: ("enterprise:ratings",),
    who.OVERSEER: (
        "enterprise:complaint-handle",
        "enterprise:complaints-detail",
        "enterprise:complaints-history",
        "enterprise:complaints-list",
    ),
}
