"""What a signed-in person must do before anything else opens."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from mingcha.accounts import options, passwords
from mingcha.accounts.models import User
from mingcha.base.viewers import Officer


class FirstDo(Enum):
    """The outstanding thing, with the name of the page where it is done."""

    CHANGE_PASSWORD = "accounts:password"  # noqa: S105  a URL name
    ENROL = "accounts:second-factor"


def outstanding(user: User, officer: Officer, *, verified: bool) -> FirstDo | None:
    """What the person must do first: change the password, then enrol a second factor.

    `verified` says whether this session has passed the second step.
    """
    if passwords.must_change(user):
        return FirstDo.CHANGE_PASSWORD
    if not verified and needs_second_factor(officer):
        return FirstDo.ENROL
    return None


def needs_second_factor(officer: Officer) -> bool:
    """Whether one of the person's roles, lent ones too, demands a second factor."""
    return not officer.roles.isdisjoint(options.totp_roles())


def open_while_outstanding(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that stays open to a person who must first do something."""
    view.open_while_outstanding = True  # type: ignore[attr-defined]
    return view
