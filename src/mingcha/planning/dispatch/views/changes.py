"""Ask for a 候补, a 更换 or to drop out, with what would follow on the same page; decide on it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingcha.base.roles import Role
from mingcha.kernel.refusal import Refused
from mingcha.planning import services
from mingcha.planning.dispatch.change_forms import DropOutForm, ReplaceForm, ReserveForm
from mingcha.planning.dispatch.change_lifecycle import CHANGE
from mingcha.planning.dispatch.change_rules import foresee, not_on_any_team
from mingcha.planning.dispatch.change_shown import Shown, shown
from mingcha.planning.dispatch.facts import answers_for
from mingcha.planning.models import ChangeRequest, Dispatch, Task, TaskMember
from mingcha.planning.services.dispatch.asking import ASKERS, batches_of
from mingcha.registry.models import Inspector
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer
from mingcha.web.verbs import Verb, press, roles_of

Foreseen = tuple[str, Shown]


def page_of(request: ChangeRequest) -> str:
    return reverse("planning:changes-detail", args=[request.pk])


class _Ask(ServiceFormView):
    """What the pages have in common: what would follow stands above the form."""

    template_name = "planning/change_ask.html"
    submit_label = gettext_lazy("提请局领导决定")
    done = gettext_lazy("已提出，等待局领导决定。决定以前检查组不变。")

    @abstractmethod
    def foreseen(self) -> Sequence[Foreseen]:
        """What would follow, each with what it is about; Refused where nothing can be asked for."""

    def page_values(self, form: Any) -> dict[str, Any]:
        return {"foreseen": self.foreseen()}

    def see(self, batch: Dispatch, kind: str, **about: Any) -> Shown:
        return shown(foresee(batch, kind, **about), batch, officer(self.request))


class _AskAboutTask(_Ask):
    verb_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Task.objects.visible_to(officer(request))
        rows = rows.select_related("dispatch__draw", "dispatch__campaign", "target", "subject")
        self.task = get_object_or_404(rows.prefetch_related("members__inspector"), pk=kwargs["pk"])
        if not answers_for(officer(request), self.task.dispatch_id):
            # What would follow names people and the next reserve: it is for those who may ask.
            raise Http404
        self.verb = f"planning.{self.verb_name}:{self.task.pk}"

    def crumbs(self) -> list[Crumb]:
        tasks = Crumb(_("检查任务"), reverse("planning:tasks-list"))
        return [tasks, Crumb(str(self.task), self.cancel_url()), Crumb(str(self.title))]

    def cancel_url(self) -> str:
        return reverse("planning:tasks-detail", args=[self.task.pk])

    def outcome(self, result: ChangeRequest) -> str:
        return page_of(result)


class AskReserve(_AskAboutTask):
    form_class = ReserveForm
    verb_name = "ask_reserve"
    title = gettext_lazy("这户查不了")
    subtitle = gettext_lazy("抽中的对象已注销、迁出等，不能检查的，由同类的下一个候补递补")

    def foreseen(self) -> Sequence[Foreseen]:
        return [("", self.see(self.task.dispatch, ChangeRequest.Kind.RESERVE, task=self.task))]

    def perform(self, form: ReserveForm) -> ChangeRequest:
        return services.dispatch.ask_reserve(
            actor=officer(self.request), task=self.task, grounds=form.grounds()
        )


class AskReplacement(_AskAboutTask):
    form_class = ReplaceForm
    verb_name = "ask_replacement"
    title = gettext_lazy("更换检查人员")
    subtitle = gettext_lazy("只换这一户的人；以后都不能参加的，请用“不能参加”退出全部任务")

    def form_arguments(self) -> dict[str, Any]:
        return {"members": self.task.team}

    def foreseen(self) -> Sequence[Foreseen]:
        replace, batch = ChangeRequest.Kind.REPLACE, self.task.dispatch
        return [
            (
                _("更换%(name)s") % {"name": one.inspector},
                self.see(batch, replace, task=self.task, inspector=one.inspector),
            )
            for one in self.task.team
        ]

    def perform(self, form: ReplaceForm) -> ChangeRequest:
        return services.dispatch.ask_replacement(
            actor=officer(self.request),
            task=self.task,
            inspector=form.members[form.cleaned_data["member"]],
            grounds=form.grounds(),
            relation=form.cleaned_data["relation"],
        )


def _person(request: HttpRequest, pk: int | None) -> Inspector:
    """Whoever asks, or somebody on a team that the officer sees."""
    viewer = officer(request)
    if pk is None:
        return get_object_or_404(Inspector.objects.visible_to(viewer), user=viewer.id)
    # Compared as a number: `inspector=pk` raises where the address names one too large for the database.
    teams = TaskMember.objects.visible_to(viewer).filter(inspector__pk=pk, left_at=None)
    found: TaskMember | None = teams.select_related("inspector").first()
    if found is None:
        raise Http404
    return found.inspector


class AskDropOut(_Ask):
    """`pk` is the person; without one it is whoever asks."""

    form_class = DropOutForm
    title = gettext_lazy("不能参加检查")
    subtitle = gettext_lazy("退出还没有完成的全部检查任务，由规则确定的人接替")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.inspector = _person(request, kwargs.get("pk"))
        self.verb = f"planning.ask_drop_out:{self.inspector.pk}"

    def crumbs(self) -> list[Crumb]:
        tasks = Crumb(_("检查任务"), reverse("planning:tasks-list"))
        return [tasks, Crumb(f"{self.title}：{self.inspector}")]

    def cancel_url(self) -> str:
        own = self.inspector.user_id == officer(self.request).id
        return reverse("planning:my-tasks" if own else "planning:tasks-list")

    def foreseen(self) -> Sequence[Foreseen]:
        batches = list(batches_of(officer(self.request), self.inspector))
        if not batches:
            raise Refused(not_on_any_team())
        kind = ChangeRequest.Kind.DROP_OUT
        return [(str(batch), self.see(batch, kind, inspector=self.inspector)) for batch in batches]

    def page_values(self, form: Any) -> dict[str, Any]:
        return {**super().page_values(form), "inspector": self.inspector}

    def perform(self, form: DropOutForm) -> list[ChangeRequest]:
        return services.dispatch.ask_drop_out(
            actor=officer(self.request), inspector=self.inspector, grounds=form.grounds()
        )

    def outcome(self, result: list[ChangeRequest]) -> str:
        return page_of(result[0]) if len(result) == 1 else reverse("planning:changes-list")


VERBS = {
    "reject": Verb(
        lambda actor, asked, reason: services.dispatch.reject(actor=actor, request=asked, reason=reason),
        gettext_lazy("已记录：不同意。检查组不变。"),
    ),
    "withdraw": Verb(
        lambda actor, asked, reason: services.dispatch.withdraw(actor=actor, request=asked),
        gettext_lazy("已撤回。检查组不变。"),
    ),
}


def _asked(request: HttpRequest, pk: int) -> ChangeRequest:
    return get_object_or_404(ChangeRequest.objects.visible_to(officer(request)), pk=pk)


@officers(*CHANGE.roles_that_may("approve"))
@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Agree to the outcome that the page has shown."""
    asked = _asked(request, pk)
    return perform(
        request,
        verb=f"planning.approve_change:{pk}",
        run=lambda: services.dispatch.approve(
            actor=officer(request), request=asked, seen=request.POST.get("seen", "")
        ),
        outcome=page_of,
        done=_("已同意，检查组已经按规则变动，公开登记簿已写入一行。"),
    )


@officers(*roles_of(CHANGE, VERBS))
@require_POST
def verb(request: Request, pk: int, name: str) -> HttpResponse:
    return press(request, name, VERBS, _asked(request, pk), page_of)


ask_reserve = officers(*ASKERS)(AskReserve.as_view())
ask_replacement = officers(*ASKERS)(AskReplacement.as_view())
ask_drop_out = officers(*ASKERS)(AskDropOut.as_view())
ask_own_drop_out = officers(Role.INSPECTOR)(AskDropOut.as_view())
