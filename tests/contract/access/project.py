"""Who may open which page of the frame and the jobs."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.EVERYONE: (
        "healthz",
        "web:home",
    ),
    who.OFFICERS: (
        "jobs:job-acknowledge",
        "jobs:job-cancel",
        "jobs:job-detail",
        "jobs:job-history",
        "jobs:job-list",
        "jobs:job-progress",
        "jobs:job-retry",
        "web:lookup",
    ),
    who.ADMINISTRATOR: ("web:patterns",),
}
