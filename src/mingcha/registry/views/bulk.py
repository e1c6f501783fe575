"""批量办理: choose the rows, see what would change, confirm."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingcha.kernel.refusal import Refused
from mingcha.registry import services
from mingcha.registry.forms.bulk import BulkForm
from mingcha.registry.models import BulkChange, Subject
from mingcha.registry.registers.subjects import SubjectRegister
from mingcha.registry.services.bulk import MOST_AT_ONCE, affected
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import limit_choices, perform
from mingcha.web.http import officer
from mingcha.web.registers.filters import filterset_class_for
from mingcha.web.registers.views import RegisterPage

#: So many rows are shown with a box each; for more there is "all that match the filter".
SHOWN = 200
SAMPLE = 20
#: Addressed by the list's own query, which is kept in this field while choosing.
QUERY = "query"


class Bulk(RegisterPage):
    """Three steps on one address: choose (GET), preview (POST), confirm (POST with the number seen)."""

    register = SubjectRegister()

    def get(self, request: HttpRequest) -> HttpResponse:
        form = BulkForm(initial={"verb": BulkChange.Verb.TAG})
        return self._choose(form, request.GET.urlencode(), chosen=None)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = BulkForm(request.POST)
        limit_choices(form, self.viewer)
        query = request.POST.get(QUERY, "")
        ids = [int(pk) for pk in request.POST.getlist("subject") if pk.isascii() and pk.isdigit()]
        everything = request.POST.get("scope") == "all"
        if "back" in request.POST or not form.is_valid():
            return self._choose(form, query, chosen=set(ids), status=200 if "back" in request.POST else 422)
        subjects = self._matching(query) if everything else self._matching("").filter(pk__in=ids[:SHOWN])
        if "confirm" in request.POST:
            return self._confirm(form, query, ids, subjects)
        return self._preview(form, query, ids, subjects)

    def _matching(self, query: str) -> QuerySet[Subject]:
        """The rows of the list as its address asks for them; none where it asks for what there is not."""
        rows = self.register.queryset(self.viewer)
        made = filterset_class_for(self.register)
        filters = made(QueryDict(query), queryset=rows, request=self.request)
        # A list passes over a condition that it does not understand; a change must not widen to everything.
        found: QuerySet[Subject] = filters.qs if filters.form.is_valid() else rows.none()
        return found

    def _choose(
        self, form: BulkForm, query: str, *, chosen: set[int] | None, status: int = 200
    ) -> HttpResponse:
        matching = self._matching(query)
        total = matching.count()
        values = {
            "form": form,
            "query": query,
            "rows": matching[:SHOWN],
            "chosen": chosen,
            "total": total,
            "shown": SHOWN,
            "most": MOST_AT_ONCE,
            "everything": self.request.POST.get("scope") == "all",
            "crumbs": self.register.crumbs(Crumb(_("批量办理"))),
            "list_url": self.register.url("list") + (f"?{query}" if query else ""),
            "is_filtered": bool(query),
        }
        return render(self.request, "registry/bulk_choose.html", values, status=status)

    def _preview(
        self,
        form: BulkForm,
        query: str,
        ids: list[int],
        subjects: QuerySet[Subject],
        *,
        refused: Refused | None = None,
    ) -> HttpResponse:
        changing = affected(form.cleaned_data["verb"], form.value, subjects)
        total, count = subjects.count(), changing.count()
        values = {
            "form": form,
            "query": query,
            "ids": ids,
            "total": total,
            "count": count,
            "unchanged": total - count,
            "sample": changing[:SAMPLE],
            "too_many": count > MOST_AT_ONCE,
            "most": MOST_AT_ONCE,
            "verb_label": dict(BulkChange.Verb.choices)[form.cleaned_data["verb"]],
            "what": str(form.cleaned_data["tag"] or form.cleaned_data["town"] or ""),
            "everything": self.request.POST.get("scope") == "all",
            "crumbs": self.register.crumbs(Crumb(_("批量办理"), self.request.path), Crumb(_("核对"))),
            "refusals": refused.refusals if refused else (),
        }
        return render(self.request, "registry/bulk_preview.html", values, status=409 if refused else 200)

    def _confirm(
        self, form: BulkForm, query: str, ids: list[int], subjects: QuerySet[Subject]
    ) -> HttpResponse:
        counted = self.request.POST.get("counted", "")
        try:
            return perform(
                self.request,
                verb="registry.bulk",
                run=lambda: services.change_together(
                    actor=officer(self.request),
                    verb=form.cleaned_data["verb"],
                    value=form.value,
                    subjects=subjects,
                    counted=int(counted) if counted.isascii() and counted.isdigit() else -1,
                    reason=form.cleaned_data["reason"],
                ),
                outcome=lambda change: reverse("registry:bulkchanges-detail", args=[change.pk]),
                done=_("已办理，可以在这一页撤销。"),
            )
        except Refused as refused:
            return self._preview(form, query, ids, subjects, refused=refused)


@officers(*services.SUBJECT_KEEPERS)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(BulkChange.objects.visible_to(officer(request)), pk=pk)
    return perform(
        request,
        verb=f"registry.undo-bulk:{pk}",
        run=lambda: services.undo_together(
            actor=officer(request), change=change, reason=request.POST.get("reason", "")
        ),
        outcome=lambda undone: reverse("registry:bulkchanges-detail", args=[undone.pk]),
        done=_("已撤销。"),
    )


bulk = officers(*services.SUBJECT_KEEPERS)(Bulk.as_view())
