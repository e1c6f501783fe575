"""Take down that the firm applies for a recusal; decide on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base.roles import Role
from mingcha.inspection import services
from mingcha.inspection.models import RecusalApplication
from mingcha.inspection.recusal_forms import ApplyForm, GrantForm, RejectForm
from mingcha.inspection.services.recusing import stops_the_visit
from mingcha.inspection.views.common import OfInspection
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import officer


class Apply(OfInspection):
    verb_name = "apply_for_recusal"
    form_class = ApplyForm
    title = gettext_lazy("登记回避申请")
    subtitle = gettext_lazy(
        "被检查单位申请检查人员回避（《行政处罚法》第四十三条）；局领导决定以前不停止检查"
    )
    submit_label = gettext_lazy("登记并提请局领导决定")
    done = gettext_lazy("已登记，局领导将在规定期限内决定。决定以前检查不停止。")

    def form_arguments(self) -> dict[str, Any]:
        return {"inspection": self.inspection}

    def perform(self, form: ApplyForm) -> RecusalApplication:
        return services.apply_for_recusal(
            actor=officer(self.request), inspection=self.inspection, application=form.applied()
        )


class _Decide(ServiceFormView):
    name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = RecusalApplication.objects.visible_to(officer(request)).select_related("inspector")
        found = rows.filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.application: RecusalApplication = found
        self.subtitle = str(found)
        self.verb = f"inspection.application_{self.name}:{found.pk}"

    def crumbs(self) -> list[Crumb]:
        first = Crumb(_("回避申请"), reverse("inspection:recusal-applications-list"))
        return [first, Crumb(str(self.application), self.cancel_url()), Crumb(str(self.title))]

    def cancel_url(self) -> str:
        return reverse("inspection:recusal-applications-detail", args=[self.application.pk])

    def outcome(self, result: RecusalApplication) -> str:
        return self.cancel_url()


class Grant(_Decide):
    form_class = GrantForm
    name = "grant"
    title = gettext_lazy("准予回避")
    submit_label = gettext_lazy("准予回避")
    done = gettext_lazy("已准予回避，并记入回避登记。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if stops_the_visit(self.application):
            self.subtitle = _(
                "%(application)s。准予以后在场的检查人员不足两名：检查人员已经入企，不再按规则另定人接替，其余的人应当停止检查、登记离开，由股室决定是否另派人再查"
            ) % {"application": self.application}

    def form_arguments(self) -> dict[str, Any]:
        return {"application": self.application}

    def perform(self, form: GrantForm) -> RecusalApplication:
        return services.grant_recusal(
            actor=officer(self.request),
            application=self.application,
            substitute=form.chosen(),
            reason=form.cleaned_data["reason"],
        )


class Reject(_Decide):
    form_class = RejectForm
    name = "reject"
    title = gettext_lazy("不予回避")
    submit_label = gettext_lazy("不予回避")
    done = gettext_lazy("已决定不予回避，理由会告知申请人。")
    danger = True

    def perform(self, form: RejectForm) -> RecusalApplication:
        return services.reject_recusal_application(
            actor=officer(self.request), application=self.application, reason=form.cleaned_data["reason"]
        )


apply_for_recusal = officers(Role.COORDINATOR, Role.SECTION_HEAD, Role.INSPECTOR)(Apply.as_view())
grant = officers(Role.BUREAU_LEADER)(Grant.as_view())
reject = officers(Role.BUREAU_LEADER)(Reject.as_view())
