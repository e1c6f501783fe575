"""What the leader of the demo county approves, as any leader does."""

from __future__ import annotations

from typing import Any


def approve(approver: Any, route: str, thing: Any) -> None:
    """The word of whose turn it is to what was submitted by this route."""
    from mingcha.basics.selectors import approvals as waiting
    from mingcha.basics.services import approvals

    approval = waiting.of_thing(route, thing)
    assert approval is not None  # noqa: S101  submitting proposes it
    approvals.approve(actor=approver, approval_id=approval.pk, opinion="同意")
