"""Looking for duplicates, comparing two entries, merging them and taking that back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from mingcha.base.jobs import enqueue
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry import comparison, services
from mingcha.registry.lookups import SubjectChoiceField
from mingcha.registry.models import Merge, Subject, Suspicion
from mingcha.registry.services.merging import CHOOSABLE
from mingcha.registry.views.parts import crumbs, page_of, subject_or_404
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import Form, ServiceFormView, perform
from mingcha.web.http import officer


@officers(*services.SUBJECT_KEEPERS)
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Start the search as a job; its page shows when it is done."""
    if request.method == "GET":
        register_url = reverse("registry:suspicions-list")
        trail = [Crumb(gettext("疑似重复"), register_url), Crumb(gettext("现在查找"))]
        return render(request, "registry/look.html", {"crumbs": trail, "cancel_url": register_url})
    return perform(
        request,
        verb="registry.look-for-duplicates",
        run=lambda: enqueue("registry.look-for-duplicates", {}, actor=officer(request)),
        outcome=lambda job: reverse("jobs:job-detail", args=[job.pk]),
    )


@officers(*services.SUBJECT_KEEPERS)
@require_POST
def distinct(request: HttpRequest, pk: int) -> HttpResponse:
    suspicion = get_object_or_404(Suspicion.objects.visible_to(officer(request)), pk=pk)
    return perform(
        request,
        verb=f"registry.distinct:{pk}",
        run=lambda: services.judge_distinct(
            actor=officer(request), suspicion=suspicion, reason=request.POST.get("reason", "")
        ),
        outcome=lambda _pair: reverse("registry:suspicions-list"),
        done=gettext("已记为不是同一户，不再提示。"),
    )


@officers(*services.SUBJECT_KEEPERS)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    merge = get_object_or_404(Merge.objects.visible_to(officer(request)), pk=pk)
    return perform(
        request,
        verb=f"registry.undo-merge:{pk}",
        run=lambda: services.undo_merge(
            actor=officer(request), merge=merge, reason=request.POST.get("reason", "")
        ),
        outcome=lambda undone: reverse("registry:merges-detail", args=[undone.pk]),
        done=gettext("合并已撤销。"),
    )


class OtherForm(Form):
    """The other entry, by code or full name."""

    other = SubjectChoiceField(label=_("另一户"))


class CompareWith(ServiceFormView):
    """Name the other entry; nothing changes yet."""

    form_class = OtherForm
    title = _("与另一户比对")
    submit_label = _("比对")
    done = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.subject = subject_or_404(request, kwargs["pk"])
        self.subtitle = str(self.subject)
        self.verb = f"registry.compare:{self.subject.pk}"

    def crumbs(self) -> list[Crumb]:
        return crumbs(self.subject, self.title)

    def cancel_url(self) -> str:
        return page_of(self.subject)

    def perform(self, form: Any) -> Subject:
        other: Subject = form.cleaned_data["other"]
        if other.pk == self.subject.pk:
            raise Refused(
                Refusal(
                    "merge.same",
                    gettext_noop("填的就是这一户自己"),
                    gettext_noop("本局名录库规则：一户只有一个条目"),
                    gettext_noop("请填写另一户的代码或全称"),
                )
            )
        return other

    def outcome(self, result: Subject) -> str:
        return reverse("registry:subjects-merge", args=[self.subject.pk, result.pk])


class MergeForm(Form):
    """Which entry stays, which value of each differing field, and why."""

    keep = forms.ChoiceField(label=_("保留哪一户"), widget=forms.RadioSelect())
    reason = forms.CharField(label=_("合并的理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    versions = forms.CharField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, first: Subject, second: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {"first": first, "second": second}
        keep: Any = self.fields["keep"]
        keep.choices = [
            (side, f"{subject.name}（{subject.roster_id}）") for side, subject in self.sides.items()
        ]
        self.initial.update(keep="first", versions=f"{first.pk}:{first.version},{second.pk}:{second.version}")
        self.chosen = [row for row in comparison.compared(first, second) if row.differs]
        for row in self.chosen:
            self.fields[f"take_{row.name}"] = forms.ChoiceField(
                label=row.label,
                choices=[("first", row.first), ("second", row.second)],
                initial="second" if row.first in ("", "—") else "first",
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )
        self.order_fields(["keep", *(f"take_{row.name}" for row in self.chosen), "reason"])

    def clean_versions(self) -> dict[int, int]:
        try:
            pairs = (pair.split(":") for pair in self.cleaned_data["versions"].split(","))
            return {int(pk): int(version) for pk, version in pairs}
        except ValueError:
            raise forms.ValidationError(_("页面已过期，请重新比对")) from None

    def take(self) -> list[str]:
        """Names of the fields whose value comes from the entry that goes."""
        kept = self.cleaned_data["keep"]
        return [name for name in CHOOSABLE if self.cleaned_data.get(f"take_{name}", kept) != kept]


class MergeTwo(ServiceFormView):
    """Side by side, what to keep, and the merge."""

    form_class = MergeForm
    template_name = "registry/merge.html"
    title = _("合并成一户")
    submit_label = _("确认合并")
    done = _("已合并。合错了可以在合并记录里撤销。")
    danger = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.first = subject_or_404(request, kwargs["first"])
        self.second = subject_or_404(request, kwargs["second"])
        self.verb = f"registry.merge:{self.first.pk}:{self.second.pk}"

    def form_arguments(self) -> dict[str, Any]:
        return {"first": self.first, "second": self.second}

    def crumbs(self) -> list[Crumb]:
        return crumbs(self.first, self.title)

    def cancel_url(self) -> str:
        return page_of(self.first)

    def page_values(self, form: Any) -> dict[str, Any]:
        return comparison.values(officer(self.request), self.first, self.second)

    def perform(self, form: MergeForm) -> Merge:
        kept = form.sides[form.cleaned_data["keep"]]
        gone = next(subject for subject in form.sides.values() if subject.pk != kept.pk)
        return services.merge_subjects(
            actor=officer(self.request),
            kept=kept,
            gone=gone,
            take=form.take(),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["versions"],
        )

    def outcome(self, result: Merge) -> str:
        return reverse("registry:subjects-detail", args=[result.kept_id])
