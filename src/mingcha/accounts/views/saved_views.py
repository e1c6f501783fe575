"""Keeping a view of a list, changing and deleting it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingcha.accounts import services
from mingcha.accounts.models import SavedView
from mingcha.base.viewers import Officer
from mingcha.kernel.refusal import Refused
from mingcha.web import access
from mingcha.web.components import Crumb
from mingcha.web.forms import ModelForm, ServiceFormView, perform, safe_next


class ViewForm(ModelForm):
    """The name of a view, and for whom it is."""

    class Meta:
        model = SavedView
        fields: tuple[str, ...] = ("name", "shared", "is_default")

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class SaveForm(ViewForm):
    """The same with what is kept; the list page sends it."""

    query = forms.CharField(required=False, strip=False, widget=forms.HiddenInput())
    register = forms.RegexField(r"^[a-z_]+\.[a-z_-]+$", max_length=60, widget=forms.HiddenInput())

    class Meta(ViewForm.Meta):
        fields = (*ViewForm.Meta.fields, "register", "query")


@access.officers()
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is now; afterwards the list again, or the form with what is wrong."""
    form = SaveForm(request.POST)
    back = safe_next(request, "/")
    refused: Refused | None = None
    if form.is_valid():
        values = form.cleaned_data
        try:
            return perform(
                request,
                verb="accounts.save_view",
                run=lambda: services.save_view(actor=request.viewer, **values),  # type: ignore[attr-defined]
                outcome=lambda view: f"{back.partition('?')[0]}?{view.query or 'view='}",
                done=_("视图“%(name)s”已保存。") % {"name": values["name"]},
            )
        except Refused as error:
            refused = error
    shown = {
        "form": form,
        "title": _("保存视图"),
        "submit_label": _("保存"),
        "crumbs": [Crumb(_("列表"), back), Crumb(_("保存视图"))],
        "cancel_url": back,
        "next": back,
        "refusals": refused.refusals if refused else (),
        "danger": False,
    }
    return render(request, "accounts/save_view.html", shown, status=409 if refused else 422)


def _own(request: HttpRequest, pk: int) -> SavedView:
    viewer = request.viewer  # type: ignore[attr-defined]
    own = SavedView.objects.visible_to(viewer)
    found: SavedView = get_object_or_404(own, pk=pk, user_id=viewer.id if isinstance(viewer, Officer) else 0)
    return found


class ChangeView(ServiceFormView):
    """Rename a view, share it, make it the default; or delete it."""

    form_class = ViewForm
    title = gettext_lazy("管理视图")
    verb = "accounts.change_view"
    template_name = "accounts/change_view.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.view = _own(request, kwargs["pk"])
        self.back = safe_next(request, reverse("accounts:profile"))
        return super().dispatch(request, *args, **kwargs)

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": _own(self.request, self.view.pk)}

    def perform(self, form: Any) -> SavedView:
        viewer = self.request.viewer  # type: ignore[attr-defined]
        return services.change_view(actor=viewer, view=self.view, **form.cleaned_data)

    def outcome(self, result: Any) -> str:
        return self.back

    def cancel_url(self) -> str:
        return self.back

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("列表"), self.back), Crumb(str(self.view))]

    def page_values(self, form: Any) -> dict[str, Any]:
        return {"next": self.back, "delete_url": reverse("accounts:delete-view", args=[self.view.pk])}


change_view = access.officers()(ChangeView.as_view())


@access.officers()
@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own view."""
    view = _own(request, pk)
    back = safe_next(request, reverse("accounts:profile"))
    return perform(
        request,
        verb="accounts.delete_view",
        run=lambda: services.delete_view(actor=request.viewer, view=view),  # type: ignore[attr-defined]
        outcome=lambda _nothing: back,
        done=_("视图“%(name)s”已删除。") % {"name": view.name},
    )
