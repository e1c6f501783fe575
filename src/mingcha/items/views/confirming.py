"""The page on which published items are confirmed, one or several at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from mingcha.base.roles import Role
from mingcha.items import selectors, services
from mingcha.items.forms import ConfirmForm
from mingcha.items.models import ItemVersion
from mingcha.items.views.versions import crumbs
from mingcha.web.access import officers
from mingcha.web.components import Crumb, show_refusals
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import officer


class ConfirmItems(ServiceFormView):
    """Tick what was compared with its sources, and name these; `?version=` ticks one beforehand."""

    form_class = ConfirmForm
    title = gettext_lazy("核对确认事项")
    subtitle = gettext_lazy("对照法规原文和上级文件核对无误的，在这里确认；确认后清单上不再标“待确认”")
    verb = "items.confirm"
    submit_label = gettext_lazy("核对无误，确认")
    done = gettext_lazy("已确认，公示的清单已更新。")
    template_name = "items/confirm.html"

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"versions": self.request.GET.getlist("version")}}

    def perform(self, form: ConfirmForm) -> Sequence[ItemVersion]:
        values = form.cleaned_data
        return services.confirm(
            actor=officer(self.request),
            version_ids=[version.pk for version in values["versions"]],
            basis=values["basis"],
            note=values["note"],
        )

    def outcome(self, result: Sequence[ItemVersion]) -> str:
        if len(result) == 1:
            return reverse("items:items-detail", args=[result[0].item_id])
        return reverse("items:items-list")

    def crumbs(self) -> list[Crumb]:
        return crumbs(Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return reverse("items:items-list")

    def page_values(self, form: ConfirmForm) -> dict[str, Any]:
        return {
            "any_ready": form.fields["versions"].queryset.exists(),  # type: ignore[attr-defined]
            "not_yet": [(one, show_refusals(why)) for one, why in selectors.not_confirmable()],
        }


confirm_items = officers(Role.SECTION_HEAD, Role.BUREAU_LEADER)(ConfirmItems.as_view())
