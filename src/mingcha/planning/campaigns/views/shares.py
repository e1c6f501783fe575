"""联合抽查的分工: which unit brings which items of a campaign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.planning import services
from mingcha.planning.dispatch.shares import items_by_unit, units_of
from mingcha.planning.models import Campaign
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import Form, ServiceFormView
from mingcha.web.http import officer


class SharesForm(Form):
    """One choice of a unit for each item; the fields come from the campaign."""

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        units = units_of(campaign)
        super().__init__(*args, **kwargs)
        if len(units) < 2:
            return
        for unit_id, versions in items_by_unit(campaign, units).items():
            for version in versions:
                self.fields[f"item-{version.pk}"] = forms.TypedChoiceField(
                    label=str(version),
                    choices=[(unit.pk, str(unit)) for unit in units],
                    coerce=int,
                    initial=unit_id,
                    widget=forms.Select(attrs={"class": "form-select"}),
                )

    @property
    def shares(self) -> dict[int, int]:
        """Item version → unit, as chosen."""
        return {int(name.removeprefix("item-")): unit for name, unit in self.cleaned_data.items()}


class ShareOut(ServiceFormView):
    """The coordinator says who brings what."""

    form_class = SharesForm
    title = _("分配各单位查的事项")
    subtitle = _(
        "各单位用同一次抽取、同一张名单，一起去一次。批准的事项、对象和时间不变，这里只定哪个单位查哪几项。"
    )
    done = _("已分配。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Campaign.objects.visible_to(officer(request)).select_related("lead_unit")
        self.campaign: Campaign = get_object_or_404(rows, pk=kwargs["pk"])
        self.verb = f"planning.share_out:{self.campaign.pk}"

    def form_arguments(self) -> dict[str, Any]:
        return {"campaign": self.campaign}

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("抽查任务"), reverse("planning:campaigns-list")),
            Crumb(str(self.campaign), self.cancel_url()),
            Crumb(self.title),
        ]

    def perform(self, form: SharesForm) -> Campaign:
        return services.campaigns.share_out(
            actor=officer(self.request), campaign=self.campaign, shares=form.shares
        )

    def outcome(self, result: Campaign) -> str:
        return self.cancel_url()

    def cancel_url(self) -> str:
        return reverse("planning:campaigns-detail", args=[self.campaign.pk])


share_out = officers(Role.COORDINATOR)(ShareOut.as_view())
