"""One version: reading it, editing its draft, the next draft, giving it up, stopping it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.base.roles import Role
from mingcha.items import lifecycle, selectors, services
from mingcha.items.forms import MORE, Editor
from mingcha.items.lifecycle import KEEPERS
from mingcha.items.models import Item, ItemVersion
from mingcha.items.registers.items import state_of, version_actions
from mingcha.items.shown import shown
from mingcha.items.storing import content_of
from mingcha.web.access import officers
from mingcha.web.components import Action, Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer

DECIDERS = (Role.SECTION_HEAD, Role.BUREAU_LEADER)


def page_of(version: ItemVersion) -> str:
    return reverse("items:version", args=[version.pk])


def _version(request: HttpRequest, pk: int) -> ItemVersion:
    rows = ItemVersion.objects.visible_to(officer(request)).select_related(
        "item__face", "specialty", "revision"
    )
    return get_object_or_404(rows, pk=pk)


def crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("抽查事项清单"), reverse("items:items-list")), *more]


def _item_crumb(version: ItemVersion) -> Crumb:
    return Crumb(version.item.code, reverse("items:items-detail", args=[version.item_id]))


@officers()
@require_GET
def version_page(request: Request, pk: int) -> HttpResponse:
    """One version with what it changed against the one before."""
    version = _version(request, pk)
    viewer = officer(request)
    actions = version_actions(viewer, version)
    if version.state == lifecycle.DRAFT and lifecycle.keeps(viewer):
        edit = reverse("items:version-edit", args=[version.pk])
        actions.insert(0, Action(_("修改草稿"), edit, icon="pencil", primary=True))
    values = {
        "version": version,
        "object_status": state_of(version),
        "shown": shown(version),
        "change": selectors.change_of(version),
        "actions": actions,
        "crumbs": crumbs(_item_crumb(version), Crumb(_("第%(n)d版") % {"n": version.number})),
    }
    return render(request, "items/version_detail.html", values)


class EditorView(ServiceFormView):
    """The editor's page; asking for more empty rows shows it again and checks nothing."""

    form_class = Editor  # type: ignore[assignment]
    template_name = "items/editor.html"
    submit_label = gettext_lazy("保存草稿")
    done = gettext_lazy("草稿已保存。")
    version: ItemVersion | None = None

    def build_form(self, **data: Any) -> Editor:
        before = content_of(self.version) if self.version is not None else None
        note = self.version.change_note if self.version is not None else ""
        return Editor(data=data.get("data"), content=before, note=note)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if MORE in request.POST:
            return self.show(self.build_form(data=request.POST))
        return super().post(request, *args, **kwargs)

    def page_values(self, form: Editor) -> dict[str, Any]:
        return {"more_rows": request_more(self.request)}

    def outcome(self, result: ItemVersion) -> str:
        return page_of(result)


def request_more(request: HttpRequest) -> str:
    """Which list was asked to grow, so that the page opens there."""
    return request.POST.get(MORE, "")


class CreateItem(EditorView):
    """A new item."""

    title = gettext_lazy("起草新事项")
    verb = "items.create"

    def perform(self, form: Editor) -> ItemVersion:
        note = form.facts.cleaned_data["change_note"]
        return services.create_item(actor=officer(self.request), content=form.content(), change_note=note)

    def crumbs(self) -> list[Crumb]:
        return crumbs(Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return reverse("items:items-list")


class EditVersion(EditorView):
    """The text of a draft."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.version = _version(request, kwargs["pk"])
        self.title = _("修改：%(item)s") % {"item": self.version}
        self.verb = f"items.edit:{self.version.pk}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert self.version is not None  # noqa: S101  setup() has found it
        if request.method == "GET" and self.version.state != lifecycle.DRAFT:
            return redirect(page_of(self.version))
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: Editor) -> ItemVersion:
        assert self.version is not None  # noqa: S101  setup() has found it
        return services.change_draft(
            actor=officer(self.request),
            version_id=self.version.pk,
            content=form.content(),
            change_note=form.facts.cleaned_data["change_note"],
        )

    def crumbs(self) -> list[Crumb]:
        assert self.version is not None  # noqa: S101  setup() has found it
        return crumbs(_item_crumb(self.version), Crumb(_("修改")))

    def cancel_url(self) -> str:
        assert self.version is not None  # noqa: S101  setup() has found it
        return page_of(self.version)


@officers(*KEEPERS)
@require_POST
def draft_next(request: Request, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(officer(request)), pk=pk)
    return perform(
        request,
        verb=f"items.draft_next:{pk}",
        run=lambda: services.draft_next(actor=officer(request), item_id=item.pk),
        outcome=lambda version: reverse("items:version-edit", args=[version.pk]),
        done=_("新版本的草稿已经建立，文字与现在的版本相同，请修改。"),
    )


@officers(*KEEPERS)
@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    version = _version(request, pk)
    return perform(
        request,
        verb=f"items.discard:{pk}",
        run=lambda: services.discard_draft(
            actor=officer(request), version_id=version.pk, reason=request.POST.get("reason", "")
        ),
        outcome=page_of,
        done=_("草稿已放弃。"),
    )


@officers(*DECIDERS)
@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    version = _version(request, pk)
    return perform(
        request,
        verb=f"items.stop:{pk}",
        run=lambda: services.stop(
            actor=officer(request), version_id=version.pk, reason=request.POST.get("reason", "")
        ),
        outcome=lambda stopped: reverse("items:items-detail", args=[stopped.item_id]),
        done=_("事项已停用，公示的清单已更新。"),
    )


create_item = officers(*KEEPERS)(CreateItem.as_view())
edit_version = officers(*KEEPERS)(EditVersion.as_view())
