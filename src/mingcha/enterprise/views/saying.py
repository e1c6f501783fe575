"""评价 and 投诉 by the code: no account, no cookie; the code in the address is the only key."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from mingcha.base.crypto.signing import Forged
from mingcha.enterprise import services
from mingcha.enterprise.doors import Door, open_door
from mingcha.enterprise.forms import ComplaintForm, RatingForm, RecusalForm
from mingcha.enterprise.rated import is_the_firms, may_rate
from mingcha.enterprise.recusing import may_recuse
from mingcha.enterprise.views.door import forged_page, past_page, private
from mingcha.kernel.refusal import Refused
from mingcha.web.access import public
from mingcha.web.forms import Form
from mingcha.web.text import Text


class _Saying(View, ABC):
    """A form that the holder of a code sends; on a refusal nothing typed is lost."""

    title: ClassVar[Text]
    hint: ClassVar[Text]
    submit_label: ClassVar[Text]
    said: ClassVar[str]

    @abstractmethod
    def form(self, door: Door, data: QueryDict | None = None) -> Form:
        """The form, empty or with what was sent."""

    @abstractmethod
    def say(self, door: Door, form: Form) -> object:
        """Call the one service."""

    def check(self, door: Door) -> None:
        """Refuse before anything is typed, where it is known that it would be in vain."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.door = open_door(kwargs["token"])
        except Forged as forged:
            return forged_page(request, forged)
        if self.door.past:
            return past_page(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        self.check(self.door)
        return self._show(request, self.form(self.door))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = self.form(self.door, request.POST)
        if not form.is_valid():
            return self._show(request, form, status=422)
        try:
            self.say(self.door, form)
        except Refused as refused:
            return self._show(request, form, status=409, refused=refused)
        return redirect(f"{reverse('enterprise:door', args=[token])}?said={self.said}")

    def _show(
        self, request: HttpRequest, form: Form, *, status: int = 200, refused: Refused | None = None
    ) -> HttpResponse:
        values = {
            "door": self.door,
            "form": form,
            "title": self.title,
            "hint": self.hint,
            "submit_label": self.submit_label,
            "refusals": refused.refusals if refused else (),
        }
        return private(render(request, "enterprise/say.html", values, status=status))


class Rate(_Saying):
    title = _("评价这次检查")
    hint = _("只计总数，不记是哪一户、哪一天评的；检查人员和本局都查不到。可以只答一部分。")
    submit_label = _("提交评价")
    said = "rated"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_the_firms(request.viewer)  # type: ignore[attr-defined]
        return super().dispatch(request, *args, **kwargs)

    def check(self, door: Door) -> None:
        may_rate(door)

    def form(self, door: Door, data: QueryDict | None = None) -> Form:
        return RatingForm(data)

    def say(self, door: Door, form: Form) -> object:
        return services.rate(actor=door.viewer, door=door, answers=form.cleaned_data)


class Complain(_Saying):
    title = _("投诉")
    hint = _("只有督导员看得到，检查人员和承办股室看不到。也可以拨打监督电话。")
    submit_label = _("提交投诉")
    said = "complained"

    def form(self, door: Door, data: QueryDict | None = None) -> Form:
        return ComplaintForm(data)

    def say(self, door: Door, form: Form) -> object:
        return services.complain(actor=door.viewer, door=door, **form.cleaned_data)


class Recuse(_Saying):
    title = _("申请检查人员回避")
    hint = _(
        "检查人员与本单位有利害关系或其他可能影响公正的关系的，可以申请。由局领导决定，决定以前检查不停止。"
    )
    submit_label = _("提交申请")
    said = "recused"

    def check(self, door: Door) -> None:
        may_recuse(door)

    def form(self, door: Door, data: QueryDict | None = None) -> Form:
        return RecusalForm(data, inspection=door.inspection)

    def say(self, door: Door, form: Form) -> object:
        assert isinstance(form, RecusalForm)  # noqa: S101  made by `form` above
        return services.recuse(actor=door.viewer, door=door, application=form.applied())


# Forgery needs something that the browser sends by itself; here the code in the address is all there is.
rate = public(csrf_exempt(Rate.as_view()))
recuse = public(csrf_exempt(Recuse.as_view()))
complain = public(csrf_exempt(Complain.as_view()))
