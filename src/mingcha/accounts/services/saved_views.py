"""Views of a register: kept, changed, deleted. What colleagues share is on record, the rest is private."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext_noop

from mingcha.accounts.events import SharedViewChanged, SharedViewWithdrawn, ViewShared
from mingcha.accounts.models import SavedView
from mingcha.accounts.models.saved_views import LONGEST_QUERY
from mingcha.accounts.rules import refuse
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, Viewer

#: How many views one person keeps of one register.
MOST = 30
#: Parts of an address that say nothing about which rows are shown.
_PASSING = {"page", "view"}
_BASIS = gettext_noop("本系统使用规则：视图由保存人自己管理")


def lean(query: str) -> str:
    """The part of an address that makes a view: its filters, order and page size."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in _PASSING])


@service
def save_view(
    *, actor: Viewer, register: str, name: str, query: str, shared: bool = False, is_default: bool = False
) -> SavedView:
    """Keep a view under a name; one's own view of the same name is replaced."""
    owner = _person(actor)
    query = lean(query)
    if len(query) > LONGEST_QUERY:
        raise refuse(
            "view_too_long",
            gettext_noop("条件太多，存不下这个视图"),
            gettext_noop("请减少几个条件后再保存"),
            basis=_BASIS,
        )
    own = SavedView.objects.filter(user_id=owner.id, register=register)
    view = own.filter(name=name).first()
    if view is None and own.count() >= MOST:
        raise refuse(
            "too_many_views",
            gettext_noop("已经保存了 %(most)s 个视图，不能再多"),
            gettext_noop("请先删除不用的视图"),
            basis=_BASIS,
            most=MOST,
        )
    before = _facts(view) if view is not None and view.shared else None
    view = view or SavedView(user_id=owner.id, register=register, name=name)
    view.query, view.shared, view.saved_at = query, shared, clock.now()
    return _kept(view, is_default, before)


@service
def change_view(*, actor: Viewer, view: SavedView, name: str, shared: bool, is_default: bool) -> SavedView:
    """Rename one's own view, share it or not, make it the default or not."""
    view = _own(actor, view)
    taken = SavedView.objects.filter(user_id=view.user_id, register=view.register, name=name)
    if taken.exclude(pk=view.pk).exists():
        raise refuse(
            "view_name_taken",
            gettext_noop("您已经有一个叫“%(name)s”的视图"),
            gettext_noop("请换一个名称，或先删除原有的"),
            basis=_BASIS,
            name=name,
        )
    before = _facts(view) if view.shared else None
    view.name, view.shared = name, shared
    return _kept(view, is_default, before)


@service
def delete_view(*, actor: Viewer, view: SavedView) -> None:
    """Delete one's own view."""
    view = _own(actor, view)
    if view.shared:
        emit(SharedViewWithdrawn(thing=Thing.of(view), before=_facts(view)))
    view.delete()


def _kept(view: SavedView, is_default: bool, before: dict[str, Any] | None) -> SavedView:
    """Save it, as the only default if it is one; tell what colleagues notice."""
    if is_default:
        SavedView.objects.filter(user_id=view.user_id, register=view.register, is_default=True).exclude(
            pk=view.pk
        ).update(is_default=False)
    view.is_default = is_default
    view.save()
    after = _facts(view)
    if view.shared and before is None:
        emit(ViewShared(thing=Thing.of(view), after=after))
    elif view.shared and before != after:
        emit(SharedViewChanged(thing=Thing.of(view), before=before or {}, after=after))
    elif before is not None and not view.shared:
        emit(SharedViewWithdrawn(thing=Thing.of(view), before=before))
    return view


def _facts(view: SavedView) -> dict[str, Any]:
    """What is on record of a shared view: the names of its conditions, never what was typed into them."""
    conditions = sorted({name for name, _value in parse_qsl(view.query)})
    return {"name": view.name, "register": view.register, "conditions": conditions}


def _person(actor: Viewer) -> Officer:
    if isinstance(actor, Officer):
        return actor
    raise refuse(
        "views_are_personal",
        gettext_noop("视图属于个人，只有登录的人员可以保存"),
        gettext_noop("请登录后保存"),
        basis=_BASIS,
    )


def _own(actor: Viewer, view: SavedView) -> SavedView:
    """The row, locked; Refused when it is somebody else's."""
    found: SavedView = SavedView.objects.select_for_update().get(pk=view.pk)
    if found.user_id != _person(actor).id:
        raise refuse(
            "view_of_somebody_else",
            gettext_noop("这是同事共享的视图，您不能更改"),
            gettext_noop("可以打开它，再另存为自己的视图"),
            basis=_BASIS,
        )
    return found
