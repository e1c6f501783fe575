"""Who may open what exists in the demo alone."""

from tests.contract.access import audiences as who

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.EVERYONE: ("demo:switch",),
    who.BUREAU: ("trials:trial",),
    who.COORDINATOR: ("trials:delete", "trials:try"),
}
