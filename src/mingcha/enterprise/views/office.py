"""What officers see of it: six digits checked, sums of ratings, a complaint handled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.enterprise import services
from mingcha.enterprise.doors import open_door
from mingcha.enterprise.forms import DigitsForm, HandlingForm
from mingcha.enterprise.models import CodeCheck, VisitComplaint
from mingcha.enterprise.models.ratings import RATING_READERS
from mingcha.enterprise.rated import sums_of
from mingcha.enterprise.services.checking import CHECKERS
from mingcha.inspection.models import VisitPackage
from mingcha.inspection.notice import notice_of
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import Request, officer

#: How long the answer to a look-up can be read again.
_SHOWN = timedelta(minutes=10)


class CheckDigits(ServiceFormView):
    """On the telephone or at the counter."""

    form_class = DigitsForm
    verb = "enterprise.check_digits"
    title = gettext_lazy("核对入企码")
    subtitle = gettext_lazy("企业来电或到窗口核对时用。每次核对都有记录；查不到的次数有限制")
    submit_label = gettext_lazy("核对")
    done = ""

    def perform(self, form: DigitsForm) -> CodeCheck:
        return services.check_digits(actor=officer(self.request), **form.cleaned_data)

    def outcome(self, result: CodeCheck) -> str:
        return reverse("enterprise:code-checked", args=[result.pk])


@officers(*CHECKERS)
@require_GET
def checked(request: Request, pk: int) -> HttpResponse:
    """What to tell the firm: whose code it is, who comes, how it stands; or that nobody has these digits."""
    recent = CodeCheck.objects.visible_to(officer(request)).filter(at__gt=clock.now() - _SHOWN)
    check = get_object_or_404(recent, pk=pk)
    crumbs = [Crumb(_("核对入企码"), reverse("enterprise:check-code")), Crumb(_("核对结果"))]
    values: dict[str, Any] = {"crumbs": crumbs, "door": None}
    if check.issue_id is not None:
        issue = VisitPackage.objects.visible_to(System(purpose="code check")).get(pk=check.issue_id)
        door = open_door(issue.token)
        values |= {"door": door, "standing": door.standing.value, "notice": notice_of(door.inspection)}
    return render(request, "enterprise/checked.html", values)


@officers(*RATING_READERS)
@require_GET
def ratings(request: Request) -> HttpResponse:
    """Sums of months that are over, of enough firms; nothing else is known."""
    sums, least = sums_of(officer(request))
    return render(
        request, "enterprise/ratings.html", {"crumbs": [Crumb(_("企业评价"))], "sums": sums, "least": least}
    )


class Handle(ServiceFormView):
    """What the overseer has done about a complaint."""

    form_class = HandlingForm
    title = gettext_lazy("处理企业投诉")
    submit_label = gettext_lazy("记录处理情况")
    done = gettext_lazy("已记录。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = VisitComplaint.objects.visible_to(officer(request)).select_related("inspection")
        self.complaint = get_object_or_404(rows, pk=kwargs["pk"])
        self.verb = f"enterprise.handle_complaint:{self.complaint.pk}"

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("企业投诉"), reverse("enterprise:complaints-list")),
            Crumb(str(self.complaint), self.cancel_url()),
            Crumb(self.title),
        ]

    def cancel_url(self) -> str:
        return reverse("enterprise:complaints-detail", args=[self.complaint.pk])

    def perform(self, form: HandlingForm) -> VisitComplaint:
        return services.handle_complaint(
            actor=officer(self.request), complaint=self.complaint, **form.cleaned_data
        )

    def outcome(self, result: VisitComplaint) -> str:
        return self.cancel_url()


check_code = officers(*CHECKERS)(CheckDigits.as_view())
handle = officers(Role.OVERSEER)(Handle.as_view())
