"""What the item list adds to the shared pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things
from mingcha.items import publishing, selectors
from mingcha.items.importing import fields
from mingcha.items.lifecycle import REVISION, SENT_BACK, VERSION, keeps
from mingcha.items.models import BasisFlag, Item, ItemVersion, ListRevision, SuperiorList
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps


def register() -> None:
    """Called once at start-up."""
    publishing.register()
    fields.register()
    navigation.add(
        navigation.Entry(
            code="items.items",
            label=gettext_lazy("抽查事项清单"),
            url_name="items:items-list",
            icon="list-checks",
            group="registry",
            order=5,
        )
    )
    describe(VERSION)
    describe(REVISION)
    next_steps.register("items.flags")(_flags_to_review)
    next_steps.register("items.confirming")(_items_to_confirm)
    next_steps.register("items.revisions")(_changes_sent_back)
    next_steps.register("items.superiors")(_superior_lists)
    things.register(
        Item,
        label=gettext_lazy("抽查事项"),
        url=lambda pk: reverse("items:items-detail", args=[pk]),
    )
    things.register(
        ItemVersion,
        label=gettext_lazy("抽查事项版本"),
        url=lambda pk: reverse("items:version", args=[pk]),
    )
    things.register(
        ListRevision,
        label=gettext_lazy("清单调整"),
        url=lambda pk: reverse("items:revisions-detail", args=[pk]),
        render=_revision_for_approval,
    )
    things.register(
        SuperiorList,
        label=gettext_lazy("上级清单"),
        url=lambda pk: reverse("items:superiors-detail", args=[pk]),
    )


def _revision_for_approval(viewer: Viewer, pk: int) -> SafeString:
    """What whoever approves a change must see: every version and in what it differs from the former one."""
    revision = ListRevision.objects.visible_to(viewer).get(pk=pk)
    return render_to_string(
        "items/revision_for_approval.html", {"revision": revision, "changes": selectors.changes_of(revision)}
    )


def _flags_to_review(officer: Officer) -> Iterator[NextStep]:
    """Bindings whose article changed, for those who keep the list."""
    if not keeps(officer):
        return
    waiting = BasisFlag.objects.visible_to(officer).open().exclude(kind=BasisFlag.Kind.NEW_TEXT)
    found = waiting.aggregate(count=Count("pk"), items=Count("basis__version__item", distinct=True))
    if found["count"]:
        yield NextStep(
            title=_("复核抽查事项依据：%(items)s 个事项的依据已变动") % {"items": found["items"]},
            detail=_("对照新旧条文，认定仍然适用，或拟定新版本"),
            url=reverse("items:flags-list"),
            tone="warning",
            icon="file-diff",
            count=found["count"],
        )


def _items_to_confirm(officer: Officer) -> Iterator[NextStep]:
    """Published items that nobody of the bureau has compared with their sources, for those who may."""
    if not officer.has(Role.SECTION_HEAD, Role.BUREAU_LEADER):
        return
    count = selectors.confirmable().count()
    if count:
        yield NextStep(
            title=_("核对抽查事项：%(count)s 个事项待确认") % {"count": count},
            detail=_("对照法规原文和上级文件，核对无误后确认；公示的清单随即不再标待确认"),
            url=reverse("items:confirm"),
            icon="clipboard-check",
            count=count,
        )


def _changes_sent_back(officer: Officer) -> Iterator[NextStep]:
    """Changes of the list that came back, for whoever proposed them."""
    mine = ListRevision.objects.visible_to(officer).filter(state=SENT_BACK, proposed_by=officer.id)
    for revision in mine[:20]:
        yield NextStep(
            title=_("清单调整被退回：%(title)s") % {"title": revision.title},
            detail=_("修改草稿后，在审批页重新提交"),
            url=reverse("items:revisions-detail", args=[revision.pk]),
            tone="warning",
            icon="undo-2",
        )


def _superior_lists(officer: Officer) -> Iterator[NextStep]:
    """Superiors' lists that nobody has finished."""
    if not keeps(officer):
        return
    waiting = SuperiorList.objects.visible_to(officer).filter(state=SuperiorList.State.OPEN)
    found = waiting.aggregate(count=Count("pk"), first=Min("pk"))
    if found["count"]:
        one = reverse("items:superiors-detail", args=[found["first"]])
        yield NextStep(
            title=_("处理上级清单：%(count)s 份") % {"count": found["count"]},
            detail=_("逐项决定对应本局事项、拟定新事项或不采用，再确认"),
            url=one if found["count"] == 1 else reverse("items:superiors-list"),
            icon="file-input",
            count=found["count"],
        )
