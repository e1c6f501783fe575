"""Small factories for tests of every app; nothing in production imports this.

head = make_officer(Role.SECTION_HEAD, unit=make_unit("劳动监察股"))
service(actor=as_officer(head), …)
sign_in(client, head); client.get("/")
"""

from __future__ import annotations

import itertools
from datetime import timedelta

from django.conf import settings
from django.test import Client

from mingcha.accounts import selectors, totp
from mingcha.accounts.models import Authenticator, RoleGrant, Unit, UnitKind, User
from mingcha.accounts.services import create_unit
from mingcha.accounts.services.grants import REACHES
from mingcha.accounts.services.sessions import open_session, start_clocks
from mingcha.base import clock
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Officer, System

#: A password that keeps the rules; what `make_officer` sets when asked for one.
PASSWORD = "Kang-7-zhuang-da-dao"  # noqa: S105
_numbers = itertools.count(1)
_TESTS = System(purpose="tests")


def make_unit(name: str = "", *, parent: Unit | None = None, kind: UnitKind = UnitKind.SECTION) -> Unit:
    """A unit of any name, with the division code of Luancheng (130111)."""
    return create_unit(
        actor=_TESTS, name=name or f"股室{next(_numbers)}", parent=parent, kind=kind, division_code="130111"
    )


def make_officer(
    *roles: Role | str,
    unit: Unit | None = None,
    reach: Reach | str | None = None,
    name: str = "",
    username: str = "",
    password: str = "",
) -> User:
    """A person with the roles from yesterday on, who owes no change of password.

    `reach` applies to every role; without it each role has its usual one. Section grants name `unit`, or
    a fresh one. Without `password` nobody can sign in by the form (`sign_in` works): hashing is slow.
    """
    number = next(_numbers)
    reaches = [Reach(reach) if reach is not None else REACHES[Role(role)][0] for role in roles]
    if unit is None and Reach.SECTION in reaches:
        unit = make_unit()
    user = User(
        username=username or f"officer{number}",
        name=name or f"人员{number}",
        unit=unit,
        must_change_password=False,
        password_changed_at=clock.now(),
    )
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    for role, how_far in zip(roles, reaches, strict=True):
        RoleGrant.objects.create(
            user=user,
            role=Role(role),
            reach=how_far,
            unit=unit if how_far == Reach.SECTION else None,
            valid_from=clock.today() - timedelta(days=1),
            granted_at=clock.now(),
        )
    return user


def as_officer(user: User) -> Officer:
    """The viewer that the person is now; read anew, so grants made meanwhile count."""
    return selectors.officer_of(User.objects.get(pk=user.pk))


def make_authenticator(user: User) -> Authenticator:
    """A confirmed authenticator; `totp.code_at(device.secret, step)` gives its codes."""
    device: Authenticator = Authenticator.objects.create(
        user=user,
        name="totp",
        confirmed=True,
        secret=totp.new_secret(),
        created_at=clock.now(),
        confirmed_at=clock.now(),
    )
    return device


def sign_in(client: Client, user: User, *, verified: bool = True) -> Client:
    """Sign a test client in, with the second step taken unless said otherwise."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    start_clocks(session)
    if verified:
        device = selectors.authenticator_of(user) or make_authenticator(user)
        session["otp_device_id"] = device.persistent_id
    session.save()
    key = session.session_key or ""
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    open_session(actor=_TESTS, user=user, session_key=key, ip_address="127.0.0.1", browser="测试")
    return client
