"""The verbs of a batch of tasks, and asking for a longer period of visits."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.planning import services
from mingcha.planning.dispatch.facts import answers_for
from mingcha.planning.dispatch.forms import ExtensionForm
from mingcha.planning.dispatch.lifecycle import TASK
from mingcha.planning.models import ANSWERING, DISPATCH_READERS, Dispatch, DispatchPart, WindowExtension
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer
from mingcha.web.verbs import Verb, press, roles_of

VERBS = {
    "dispatch": Verb(
        lambda actor, batch, reason: services.dispatch.dispatch(actor=actor, batch=batch),
        gettext_lazy("已派发。负责的股室或部门应在期限内比对、确认。"),
    ),
    "confirm": Verb(
        lambda actor, batch, reason: services.dispatch.confirm(actor=actor, batch=batch),
        gettext_lazy("已确认。检查人员到了可以知悉的日期，就能看到自己的任务。"),
    ),
}


def page_of(batch: Dispatch) -> str:
    return reverse("planning:dispatches-detail", args=[batch.pk])


@officers(*DISPATCH_READERS)
@require_GET
def part(request: Request, pk: int) -> HttpResponse:
    """From a part, as a deadline names it, to the page on which it stands."""
    found = get_object_or_404(DispatchPart.objects.visible_to(officer(request)), pk=pk)
    return redirect(page_of(found.dispatch))


@officers(*DISPATCH_READERS)
@require_GET
def extension(request: Request, pk: int) -> HttpResponse:
    """From a request for a longer period, as its approval names it, to the page on which it stands."""
    found = get_object_or_404(WindowExtension.objects.visible_to(officer(request)), pk=pk)
    return redirect(page_of(found.dispatch))


@officers(*ANSWERING)
@require_POST
def confirm_part(request: Request, pk: int) -> HttpResponse:
    """A unit that joins confirms its own part."""
    mine = DispatchPart.objects.visible_to(officer(request)).confirmed_by(officer(request))
    part = get_object_or_404(mine, pk=pk)
    return perform(
        request,
        verb=f"planning.confirm_part:{pk}",
        run=lambda: services.dispatch.confirm_part(actor=officer(request), part=part),
        outcome=lambda done: page_of(done.dispatch),
        done=gettext_lazy("已确认本单位的部分。整批由牵头的股室或部门确认。"),
    )


@officers(*roles_of(TASK, VERBS))
@require_POST
def verb(request: Request, pk: int, name: str) -> HttpResponse:
    batch = get_object_or_404(Dispatch.objects.visible_to(officer(request)), pk=pk)
    return press(request, name, VERBS, batch, page_of)


class AskExtension(ServiceFormView):
    """延长检查期限: the head of whoever answers asks, the leader decides."""

    form_class = ExtensionForm
    title = gettext_lazy("申请延长检查期限")
    subtitle = gettext_lazy("批准以后，这批检查里还没有去的户可以检查到新的日期；已经去过的不变")
    submit_label = gettext_lazy("提请局领导批准")
    done = gettext_lazy("已提请批准。批准以前检查期间不变。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Dispatch.objects.visible_to(officer(request)).select_related("campaign", "unit", "draw")
        self.batch = get_object_or_404(rows, pk=kwargs["pk"])
        if not answers_for(officer(request), self.batch.pk):
            raise Http404
        self.verb = f"planning.ask_extension:{self.batch.pk}"

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("派发"), reverse("planning:dispatches-list")),
            Crumb(str(self.batch), self.cancel_url()),
            Crumb(str(self.title)),
        ]

    def cancel_url(self) -> str:
        return page_of(self.batch)

    def perform(self, form: ExtensionForm) -> WindowExtension:
        return services.dispatch.ask_extension(
            actor=officer(self.request), batch=self.batch, **form.cleaned_data
        )

    def outcome(self, result: WindowExtension) -> str:
        return self.cancel_url()


ask_extension = officers(*ANSWERING)(AskExtension.as_view())
