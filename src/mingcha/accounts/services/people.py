"""People: create, edit, deactivate, and name the deputy who stands in (AB 岗)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop

from mingcha.accounts import selectors
from mingcha.accounts.events import (
    DeputyNamed,
    DeputyRemoved,
    UserCreated,
    UserDeactivated,
    UserEdited,
    UserReactivated,
)
from mingcha.accounts.models import EndedBecause, Unit, User
from mingcha.accounts.models.people import USERNAME
from mingcha.accounts.rules import refuse, require_administrator, require_administrator_or_self
from mingcha.accounts.services.sessions import end_all_sessions
from mingcha.base import clock
from mingcha.base.events import Personal, Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.kernel.refusal import Refused

_DEPUTY = gettext_noop("本单位 AB 岗制度（代理须有名有期）")


@service
def create_user(
    *, actor: Viewer, username: str, name: str, unit: Unit | None = None, phone: str = "", email: str = ""
) -> User:
    """Create a person who cannot sign in yet: `reset_password` gives the one-time password."""
    require_administrator(actor)
    user = User(
        username=username.strip().lower(),
        name=name.strip(),
        unit=unit,
        phone=phone.strip(),
        email=email.strip(),
    )
    user.set_unusable_password()
    _check(user)
    user.save()
    emit(UserCreated(thing=Thing.of(user), after=_facts(user), personal=_reached_by(user)))
    return user


@service
def edit_user(*, actor: Viewer, user: User, name: str, unit: Unit | None, phone: str, email: str) -> User:
    """Change a person's name, unit, phone and address. The login name stays: the records refer to it."""
    require_administrator(actor)
    user = _locked(user)
    before, reached_before = _facts(user), _reached_by(user)
    user.name, user.unit, user.phone, user.email = name.strip(), unit, phone.strip(), email.strip()
    _check(user)
    user.save()
    if _facts(user) != before or _reached_by(user) != reached_before:
        emit(
            UserEdited(
                thing=Thing.of(user),
                before=before,
                after=_facts(user),
                personal=_reached_by(user) if _reached_by(user) != reached_before else None,
            )
        )
    return user


@service
def deactivate(*, actor: Viewer, user: User, why: str) -> User:
    """Close a person's account and end their sessions; the person stays in every record."""
    require_administrator(actor)
    user = _locked(user)
    if not user.is_active:
        return user
    keep_an_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_all_sessions(actor=actor, user=user, because=EndedBecause.DEACTIVATED)
    emit(UserDeactivated(thing=Thing.of(user), why=why))
    return user


@service
def reactivate(*, actor: Viewer, user: User, why: str) -> User:
    """Open a closed account again; the password must be set anew."""
    require_administrator(actor)
    user = _locked(user)
    if user.is_active:
        return user
    user.is_active = True
    user.set_unusable_password()
    user.must_change_password = True
    user.save(update_fields=["is_active", "password", "must_change_password"])
    emit(UserReactivated(thing=Thing.of(user), why=why))
    return user


@service
def name_deputy(*, actor: Viewer, user: User, deputy: User, since: date, until: date) -> User:
    """Name who stands in for a person between two days, both included (AB 岗)."""
    require_administrator_or_self(actor, user)
    user = _locked(user)
    if deputy.pk == user.pk or not deputy.is_active:
        raise refuse(
            "deputy_unfit",
            gettext_noop("代理人须是本人以外的在用人员"),
            gettext_noop("请另选一位同事"),
            basis=_DEPUTY,
        )
    if until < since or until < clock.today():
        raise refuse(
            "deputy_period",
            gettext_noop("代理期间须有起止日期，且不能已经结束"),
            gettext_noop("请填写今天或以后的截止日期"),
            basis=_DEPUTY,
        )
    user.deputy, user.deputy_from, user.deputy_until = deputy, since, until
    user.save(update_fields=["deputy", "deputy_from", "deputy_until"])
    emit(
        DeputyNamed(
            thing=Thing.of(user),
            after={"deputy": deputy.name, "since": since.isoformat(), "until": until.isoformat()},
        )
    )
    return user


@service
def remove_deputy(*, actor: Viewer, user: User) -> User:
    """End the standing-in at once."""
    require_administrator_or_self(actor, user)
    user = _locked(user)
    if user.deputy is None:
        return user
    before = {"deputy": user.deputy.name}
    user.deputy = user.deputy_from = user.deputy_until = None
    user.save(update_fields=["deputy", "deputy_from", "deputy_until"])
    emit(DeputyRemoved(thing=Thing.of(user), before=before))
    return user


def keep_an_administrator(leaving: User) -> None:
    """Refuse when without this person no lasting active administrator would be left."""
    # Locked, so that two administrators cannot remove each other at the same moment.
    lasting = set(
        User.objects.select_for_update(of=("self",))
        .filter(pk__in=selectors.lasting_administrators().values("pk"))
        .values_list("pk", flat=True)
    )
    if lasting == {leaving.pk}:
        raise refuse(
            "last_administrator",
            gettext_noop("%(name)s是最后一名在用的系统管理员，不能停用或收回其管理员角色"),
            gettext_noop("请先给另一人授予不限期的系统管理员角色"),
            name=leaving.name,
        )


def _locked(user: User) -> User:
    found: User = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    return found


def _check(user: User) -> None:
    found: list[Refused] = []
    try:
        USERNAME(user.username)
    except ValidationError as error:
        found.append(refuse("username", str(error.messages[0]), gettext_noop("请修改登录名")))
    if not user.name:
        found.append(refuse("name_missing", gettext_noop("没有填写姓名"), gettext_noop("请填写真实姓名")))
    if User.objects.exclude(pk=user.pk).filter(username=user.username).exists():
        found.append(
            refuse(
                "username_taken",
                gettext_noop("登录名“%(username)s”已有人使用"),
                gettext_noop("请换一个登录名，例如在后面加数字"),
                username=user.username,
            )
        )
    if user.unit is not None and not user.unit.is_open:
        found.append(refuse("unit_closed", gettext_noop("所选单位已撤销"), gettext_noop("请选择在用的单位")))
    if found:
        raise Refused(*(refusal for one in found for refusal in one.refusals))


def _facts(user: User) -> dict[str, str]:
    return {
        "username": user.username,
        "name": user.name,
        "unit": user.unit.name if user.unit is not None else "",
    }


def _reached_by(user: User) -> Personal | None:
    """Phone number and mail address, for the ledger under the person's own key."""
    values = {name: value for name, value in (("phone", user.phone), ("email", user.email)) if value}
    return Personal(subject=f"accounts.user:{user.pk}", values=values) if values else None
