"""The pages of the law library that are no register pages: search, versions, a new text, a repeal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.base.viewers import Viewer
from mingcha.basics.registers.common import confirm_action
from mingcha.basics.rules import CONFIRMERS
from mingcha.kernel.refusal import Refused
from mingcha.laws import selectors
from mingcha.laws.comparison import Difference, compare
from mingcha.laws.forms import RepealForm, TextForm
from mingcha.laws.models import Law, LawText
from mingcha.laws.reading import Reading, read
from mingcha.laws.registers import LawRegister, shown_text
from mingcha.laws.rules import KEEPERS
from mingcha.laws.searching import search_values
from mingcha.laws.services import library
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import PreviewedFormView, ServiceFormView, perform
from mingcha.web.http import Request, officer
from mingcha.web.registers.views import RegisterPage


def _law(viewer: Viewer, pk: int) -> Law:
    return get_object_or_404(Law.objects.visible_to(viewer).prefetch_related("texts"), pk=pk)


@officers()
@require_GET
def search(request: Request) -> HttpResponse:
    """Articles in force that hold the words, or the one that is cited."""
    values = search_values(request.GET, officer(request))
    values["crumbs"] = LawRegister().crumbs(Crumb(_("查找条文")))
    return render(request, "laws/search.html", values)


def changes_of(text: LawText) -> tuple[LawText | None, list[Difference]]:
    """The text before this one, and what this one changes in it."""
    standing = text.law.texts.filter(withdrawn_at__isnull=True, effective_from__lt=text.effective_from)
    former = standing.order_by("-effective_from").first()
    return former, compare(former.articles.all(), text.articles.all()) if former is not None else []


class Versions(RegisterPage):
    """Every text that a law has had, the corrected ones too."""

    register = LawRegister()

    def get(self, request: Request, pk: int) -> HttpResponse:
        law = _law(self.viewer, pk)
        texts = list(law.texts.select_related("entered_by", "confirmed_by"))
        rows = [
            (text, confirm_action(self.viewer, text, reverse("laws:text-confirm", args=[text.pk])))
            for text in texts
        ]
        values = {**self.register.head(self.viewer, law), "rows": rows, "tab": "versions"}
        return render(request, "laws/versions.html", values)


class TextPage(RegisterPage):
    """One text of a law, whatever the day; and what it changed."""

    register = LawRegister()

    def get(self, request: Request, pk: int) -> HttpResponse:
        rows = LawText.objects.visible_to(self.viewer).select_related("law")
        text = get_object_or_404(rows, pk=pk)
        former, differences = changes_of(text)
        values = {
            **self.register.head(self.viewer, text.law),
            **shown_text(text),
            "tab": "text",
            "former": former,
            "differences": differences,
        }
        return render(request, "laws/text_page.html", values)


class AddText(PreviewedFormView):
    """A new text, after a look at what it would change."""

    form_class = TextForm
    verb = "laws.add_text"
    title = gettext_lazy("录入法规文本")
    subtitle = gettext_lazy("先看与现行文本的差异，确认之前什么也不会改变")
    submit_label = gettext_lazy("查看变化")
    done = gettext_lazy("已录入。引用了变动条文的检查事项会列入核对。")

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        self.law = _law(request.viewer, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def preview(self, form: TextForm, refused: Refused | None = None) -> HttpResponse:
        """What the text holds, what is odd in it, and what it changes."""
        cleaned = form.cleaned_data
        reading = read(cleaned["content"])
        former = self._former(cleaned["effective_from"])
        differences = compare(former.articles.all(), reading.articles) if former is not None else []
        values = {
            "law": self.law,
            "form": form,
            "cleaned": cleaned,
            "reading": reading,
            "renamed": self._renamed(reading),
            "former": former,
            "corrects": former is not None and former.effective_from == cleaned["effective_from"],
            "differences": differences,
            "refusals": refused.refusals if refused else (),
            "crumbs": [*self.crumbs()[:-1], Crumb(_("核对变化"))],
        }
        return render(self.request, "laws/text_preview.html", values, status=409 if refused else 200)

    def _renamed(self, reading: Reading) -> bool:
        """Whether the text is headed by another name than the law has."""
        named = selectors.law_named(reading.title)
        return bool(reading.title) and (named is None or named.pk != self.law.pk)

    def _former(self, begins: date) -> LawText | None:
        standing = self.law.texts.filter(withdrawn_at__isnull=True, effective_from__lte=begins)
        return standing.order_by("-effective_from").first()

    def perform(self, form: Any) -> LawText:
        seen = self.request.POST.get("former", "")
        return library.add_text(
            actor=officer(self.request),  # type: ignore[arg-type]
            law_id=self.law.pk,
            compared_with=int(seen) if seen.isascii() and seen.isdigit() else 0,
            **form.cleaned_data,
        )

    def outcome(self, result: LawText) -> str:
        return reverse("laws:text", args=[result.pk])

    def cancel_url(self) -> str:
        return reverse("laws:laws-detail", args=[self.law.pk])

    def crumbs(self) -> list[Crumb]:
        law = Crumb(str(self.law), self.cancel_url())
        return LawRegister().crumbs(law, Crumb(str(self.title)))


class Repeal(ServiceFormView):
    """Record that a law holds no longer."""

    form_class = RepealForm
    verb = "laws.repeal"
    title = gettext_lazy("登记法规废止")
    subtitle = gettext_lazy("从次日起不能再作为依据，引用了它的检查事项会列入核对；文本仍可查阅")
    submit_label = gettext_lazy("登记废止")
    danger = True

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        self.law = _law(request.viewer, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: Any) -> LawText:
        return library.repeal(
            actor=officer(self.request),  # type: ignore[arg-type]
            law_id=self.law.pk,
            **form.cleaned_data,
        )

    def outcome(self, result: LawText) -> str:
        return self.cancel_url()

    def cancel_url(self) -> str:
        return reverse("laws:laws-detail", args=[self.law.pk])

    def crumbs(self) -> list[Crumb]:
        return LawRegister().crumbs(Crumb(str(self.law), self.cancel_url()), Crumb(str(self.title)))


@officers(*CONFIRMERS)
@require_POST
def confirm_text(request: Request, pk: int) -> HttpResponse:
    """Confirm one text."""
    viewer = officer(request)
    text = get_object_or_404(LawText.objects.visible_to(viewer), pk=pk)
    return perform(
        request,
        verb=f"laws.confirm_text:{pk}",
        run=lambda: library.confirm_text(actor=viewer, text_id=text.pk, note=request.POST.get("reason", "")),
        outcome=lambda done: reverse("laws:versions", args=[done.law_id]),
        done=_("已确认。"),
    )


versions = officers()(Versions.as_view())
text_page = officers()(TextPage.as_view())
add_text = officers(*KEEPERS)(AddText.as_view())
repeal = officers(*KEEPERS)(Repeal.as_view())
