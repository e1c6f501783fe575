"""The register of items: what may be inspected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import django_filters
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.items import lifecycle, selectors
from mingcha.items.models import LIST_WORKERS, Item, ItemVersion
from mingcha.items.shown import shown
from mingcha.items.uses import Use, item_uses
from mingcha.items.vocabulary import Body, Manner
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register
from mingcha.web.registers.filters import RegisterFilterSet
from mingcha.web.templatetags.mingcha import status

TONES: dict[str, Tone] = {
    lifecycle.DRAFT: "secondary",
    lifecycle.PROPOSED: "info",
    lifecycle.PUBLISHED: "success",
    lifecycle.STOPPED: "danger",
    lifecycle.DISCARDED: "secondary",
}
VERB_ICONS = {"propose": "send", "confirm": "clipboard-check", "stop": "ban", "discard": "trash-2"}


class ItemFilters(RegisterFilterSet):
    """Family, category, manner, state, body."""

    family = django_filters.AllValuesFilter(
        field_name="face__family", label=_("抽查类别"), empty_label=_("全部")
    )
    key = django_filters.TypedChoiceFilter(
        field_name="face__key",
        label=_("事项类别"),
        choices=[("", _("全部")), ("yes", _("重点检查事项")), ("no", _("一般检查事项"))],
        coerce=lambda value: value == "yes",
    )
    manner = django_filters.ChoiceFilter(
        label=_("检查方式"), choices=Manner.choices, empty_label=_("全部"), method="by_manner"
    )
    state = django_filters.ChoiceFilter(
        field_name="face__state",
        label=_("状态"),
        choices=[(state.code, state.label) for state in lifecycle.VERSION.states],
        empty_label=_("全部"),
    )
    body = django_filters.ChoiceFilter(
        field_name="face__body", label=_("执法主体类别"), choices=Body.choices, empty_label=_("全部")
    )

    checked = django_filters.ChoiceFilter(
        label=_("核实"),
        choices=[("no", _("待确认")), ("yes", _("已核实"))],
        empty_label=_("全部"),
        method="by_checked",
    )

    def by_checked(self, rows: models.QuerySet[Item], name: str, value: str) -> models.QuerySet[Item]:
        waiting = Q(face__in=selectors.awaiting_confirmation())
        return rows.filter(waiting if value == "no" else ~waiting)

    def by_manner(self, rows: models.QuerySet[Item], name: str, value: str) -> models.QuerySet[Item]:
        # No code is the end of another one: commas on both sides would say no more.
        return rows.filter(face__manners__regex=rf"(^|,){value}(,|$)")


def state_badge(version: ItemVersion) -> SafeString:
    """The state in words; a published version that begins later says so."""
    return status(*state_of(version))


def state_of(version: ItemVersion) -> tuple[str, Tone]:
    """The state with its tone."""
    return str(version.get_state_display()), TONES[version.state]


def _face(item: Item) -> ItemVersion:
    assert item.face is not None  # noqa: S101  every item has one from the transaction that made it
    return item.face


def _category(item: Item) -> str:
    return gettext("重点") if _face(item).key else gettext("一般")


def _checked(item: Item) -> SafeString | str:
    return status(gettext("待确认"), "warning") if _face(item).awaits_confirmation else ""


class ItemRegister(Register):
    model = Item
    slug = "items"
    prefix = ""
    title = _("抽查事项清单")
    description = _("可以检查什么、凭什么检查、看什么、怎样算合格；没有列入并公布的，不得检查")
    columns = (
        "code",
        Column("name", _("抽查事项"), render=lambda item: _face(item).name, order_by=("face__name",)),
        Column("family", _("抽查类别"), render=lambda item: _face(item).family, order_by=("face__family",)),
        Column("category", _("事项类别"), render=_category, order_by=("face__key",)),
        Column("manners", _("检查方式"), render=lambda item: _face(item).manners_text, sortable=False),
        Column("state", _("状态"), render=lambda item: state_badge(_face(item)), order_by=("face__state",)),
        Column("checked", _("核实"), render=_checked, sortable=False),
        Column(
            "since",
            _("施行日期"),
            render=lambda item: _face(item).effective_from,
            order_by=("face__effective_from",),
        ),
    )
    filterset_class = ItemFilters
    search_hint = _("编码、名称、要点或法律名称")
    ordering = ("code",)
    select_related = ("face", "face__specialty")
    detail_template = "items/item_detail.html"
    empty_title = _("清单还是空的")
    empty_text = _("没有公布的事项，不能检查。")

    def search_word(self, word: str) -> Q:
        return selectors.speaks_of(word)

    def status(self, instance: Item) -> tuple[str, Tone] | None:
        return state_of(instance.face) if instance.face is not None else None

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        actions = [
            Action(_("打印清单"), reverse("items:print"), icon="printer"),
            Action(_("公示格式 Excel"), reverse("items:sheet"), icon="download"),
        ]
        if viewer.roles & {*LIST_WORKERS}:
            actions += [
                Action(_("清单沿革"), reverse("items:revisions-list"), icon="history"),
                Action(_("依据变动"), reverse("items:flags-list"), icon="file-diff"),
                Action(_("上级清单"), reverse("items:superiors-list"), icon="file-input"),
            ]
        if viewer.roles & lifecycle.DECIDERS:
            actions.append(Action(_("核对确认"), reverse("items:confirm"), icon="clipboard-check"))
        if lifecycle.keeps(viewer):
            actions += [
                Action(_("提请公布"), reverse("items:propose"), icon="send"),
                Action(_("起草新事项"), reverse("items:create"), icon="plus", primary=True),
            ]
        return actions

    def extra_actions(self, viewer: Viewer, instance: Item) -> Sequence[Action]:
        return item_actions(viewer, instance)

    def detail_values(self, viewer: Viewer, instance: Item) -> Mapping[str, Any]:
        versions = ItemVersion.objects.visible_to(viewer).filter(item=instance).order_by("-number")
        return {
            "shown": shown(instance.face) if instance.face is not None else None,
            "versions": [(version, state_of(version)) for version in versions.select_related("item")],
            "uses": uses_of(viewer, instance),
        }


def item_actions(viewer: Viewer, item: Item) -> list[Action]:
    """What can be done about an item: draft its next version, go to the open one, stop it."""
    actions: list[Action] = []
    open_one = selectors.open_version(item)
    if lifecycle.keeps(viewer) and item.face is not None:
        if open_one is None:
            hint = _("已公布的文字不再改动；新版本从现在的文字改起，批准后施行")
            url = reverse("items:draft-next", args=[item.pk])
            actions.append(Action(_("拟定新版本"), url, icon="file-plus", primary=True, post=True, hint=hint))
        else:
            label = gettext("查看第%(number)d版（%(state)s）") % {
                "number": open_one.number,
                "state": open_one.get_state_display(),
            }
            url = reverse("items:version", args=[open_one.pk])
            actions.append(Action(label, url, icon="file-pen-line", primary=True))
    if item.face is not None and item.face.state == lifecycle.PUBLISHED:
        actions += version_actions(viewer, item.face)
    return actions


def version_actions(viewer: Viewer, version: ItemVersion) -> list[Action]:
    """The verbs of a version that are buttons on its page; proposing is a page of its own."""
    pages = {
        "stop": "items:stop",
        "discard": "items:discard",
        "propose": "items:propose",
        "confirm": "items:confirm",
    }
    found = verb_actions(
        lifecycle.VERSION,
        state=version.state,
        roles=viewer.roles,
        facts=selectors.facts_of(version),
        url_for=lambda row: _address(pages[row.verb], version),
        icons=VERB_ICONS,
        danger=("stop", "discard"),
    )
    # Confirmed once, it needs no button that says so for ever.
    waits = version.awaits_confirmation
    return [_as_link(action) for action in found if waits or action.verb != "confirm"]


def _address(name: str, version: ItemVersion) -> str:
    """Proposing and confirming are pages for several versions at once."""
    if name == "items:propose":
        return reverse(name)
    if name == "items:confirm":
        return f"{reverse(name)}?version={version.pk}"
    return reverse(name, args=[version.pk])


def _as_link(action: Action) -> Action:
    if action.verb in ("propose", "confirm"):
        return replace(action, post=False, primary=False)
    return action


def uses_of(viewer: Viewer, item: Item) -> list[Use]:
    """Where the item is used, told by the apps that use it."""
    return item_uses.gather(viewer, item)
