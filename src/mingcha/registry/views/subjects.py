"""Entering a construction project, and suggestions below a field."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from mingcha.registry import services
from mingcha.registry.forms import ProjectForm
from mingcha.registry.models import Industry
from mingcha.registry.registers.subjects import SubjectRegister
from mingcha.registry.selectors.places import towns_of
from mingcha.web.access import officers
from mingcha.web.http import officer
from mingcha.web.registers.views import RegisterCreate

_SUGGESTED = 20


class ProjectCreate(RegisterCreate):
    """The form of a construction project; it becomes a subject of that kind."""

    register = SubjectRegister()

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        self.form_class = ProjectForm
        self.title = _("录入工程项目")
        self.verb = "registry.projects.create"


@officers(*services.SUBJECT_KEEPERS)
@require_GET
def suggest_industries(request: HttpRequest) -> HttpResponse:
    """Industries whose code or name holds what is typed."""
    typed = request.GET.get("industry_code", "").strip()
    rows = Industry.objects.visible_to(officer(request)).order_by("level", "code")
    if typed:
        code = typed.upper().lstrip("ABCDEFGHIJKLMNOPQRST") or typed.upper()
        rows = rows.filter(Q(name__icontains=typed) | Q(code__startswith=code))
    return _options([str(row) for row in rows[:_SUGGESTED]])


@officers(*services.SUBJECT_KEEPERS)
@require_GET
def suggest_towns(request: HttpRequest) -> HttpResponse:
    """Towns of the division that is chosen beside the field."""
    return _options(towns_of(request.GET.get("division_code", "").strip()))


def _options(texts: list[str]) -> HttpResponse:
    return HttpResponse(format_html_join("", '<option value="{}"></option>', ((text,) for text in texts)))
