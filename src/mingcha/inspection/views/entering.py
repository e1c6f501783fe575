"""入企、补扫、离开, at a desk or in a phone's browser while there is a network."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mingcha.accounts.heads import HEADS
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.inspection import services
from mingcha.inspection.forms.entering import EnterForm, LeaveForm, MakeUpForm
from mingcha.inspection.models import Entry
from mingcha.inspection.phone.words import licence_words
from mingcha.inspection.selectors import able
from mingcha.inspection.views.common import OfInspection
from mingcha.registry.selectors import standing_entry
from mingcha.web.access import officers
from mingcha.web.http import officer


class _OfLicence(OfInspection):
    """A form with a box for the firm's licence: its QR is photographed where the browser reads one."""

    template_name = "inspection/licence_form.html"

    def page_values(self, form: Any) -> dict[str, Any]:
        firm = standing_entry(self.inspection.subject)
        about = {"licence_code": firm.roster_id, "licence_firm": self.inspection.name}
        return {**about, "licence_words": licence_words()}


class Enter(_OfLicence):
    form_class = EnterForm
    verb_name = "enter"
    title = _("登记入企")
    subtitle = _("进门先亮证、亮码，再检查。没有登记入企的，检查记录不能提交（国办发〔2024〕54号九）")
    submit_label = _("登记入企")
    done = _("已登记入企。离开时请再登记。")

    def form_arguments(self) -> dict[str, Any]:
        row = self.inspection
        return {"team": able(row, clock.today()) if row.enforcing else row.team}

    def perform(self, form: EnterForm) -> Entry:
        return services.enter(actor=officer(self.request), inspection=self.inspection, **form.arguments())


class MakeUp(_OfLicence):
    form_class = MakeUpForm
    verb_name = "make_up"
    title = _("补扫")
    subtitle = _("紧急情况先行检查的，离开企业以前补扫；补扫以前列为待办")
    submit_label = _("登记补扫")
    done = _("已补扫。")

    def perform(self, form: MakeUpForm) -> Entry:
        return services.make_up(actor=officer(self.request), inspection=self.inspection, **form.cleaned_data)


class Leave(OfInspection):
    form_class = LeaveForm
    verb_name = "leave"
    title = _("登记离开")
    subtitle = _("提交检查记录和公示结果的期限，改从离开的那天起计算")
    submit_label = _("登记离开")
    done = _("已登记离开。请在期限内提交检查记录。")

    def form_arguments(self) -> dict[str, Any]:
        came = self.inspection.entered_at
        return {"entered_on": clock.today() if came is None else clock.day_of(came)}

    def perform(self, form: LeaveForm) -> Entry:
        return services.leave(actor=officer(self.request), inspection=self.inspection, **form.cleaned_data)


enter = officers(Role.INSPECTOR)(Enter.as_view())
make_up = officers(Role.INSPECTOR)(MakeUp.as_view())
leave = officers(Role.INSPECTOR, *HEADS)(Leave.as_view())
