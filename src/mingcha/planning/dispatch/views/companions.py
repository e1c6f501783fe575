"""协助人员: named for one firm or for a whole pack, and taken back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mingcha.planning import services
from mingcha.planning.dispatch.diary import given
from mingcha.planning.dispatch.forms import CompanionForm
from mingcha.planning.dispatch.views.packs import address_of, asked_for
from mingcha.planning.models import ARRANGERS, Companion, Task
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer

_HINT = _(
    "协助人员、专家可以随同，不计入两名检查人员，不得单独检查（国办发〔2024〕54号五）。"
    "检查组由抽取决定，不在这里增减。"
)


class _Add(ServiceFormView):
    """What both forms share."""

    form_class = CompanionForm
    title = _("列出协助人员")
    subtitle = _HINT
    submit_label = _("列入")
    done = _("已列入，写进任务和任务包。")
    tasks: list[Task]

    def perform(self, form: CompanionForm) -> list[Companion]:
        return services.dispatch.add_companions(
            actor=officer(self.request),
            tasks=self.tasks,
            person=form.cleaned_data["person"],
            purpose=form.cleaned_data["purpose"],
        )

    def outcome(self, result: Any) -> str:
        return self.cancel_url()


class AddToTask(_Add):
    """One firm."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = given(Task.objects.visible_to(officer(request)))
        self.tasks = [get_object_or_404(rows, pk=kwargs["pk"])]
        self.verb = f"planning.add_companion:{kwargs['pk']}"

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("检查任务"), reverse("planning:tasks-list")),
            Crumb(str(self.tasks[0]), self.cancel_url()),
            Crumb(self.title),
        ]

    def cancel_url(self) -> str:
        return reverse("planning:tasks-detail", args=[self.tasks[0].pk])


class AddToPack(_Add):
    """Every firm of a town and week."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.pack = asked_for(request, kwargs["pk"])  # type: ignore[arg-type]
        self.tasks = [stop.task for route in self.pack.routes for stop in route.stops]
        self.verb = f"planning.add_companions:{kwargs['pk']}:{self.pack.monday}:{self.pack.town}"

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("检查任务包"), self.cancel_url()), Crumb(self.title)]

    def page_values(self, form: Any) -> dict[str, Any]:
        return {
            "subtitle": _("%(town)s，%(n)d 户。%(hint)s")
            % {"town": self.pack.town or _("未填乡镇"), "n": len(self.tasks), "hint": _HINT}
        }

    def cancel_url(self) -> str:
        return address_of("dispatch-pack", self.pack)


@officers(*ARRANGERS)
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    companion = get_object_or_404(Companion.objects.visible_to(officer(request)), pk=pk)
    return perform(
        request,
        verb=f"planning.remove_companion:{pk}",
        run=lambda: services.dispatch.remove_companion(actor=officer(request), companion=companion),
        outcome=lambda done: reverse("planning:tasks-detail", args=[done.task_id]),
        done=_("已取消。"),
    )


add_to_task = officers(*ARRANGERS)(AddToTask.as_view())
add_to_pack = officers(*ARRANGERS)(AddToPack.as_view())
