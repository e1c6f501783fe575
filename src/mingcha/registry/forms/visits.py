"""What people type about a visit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.registry.lookups import SubjectChoiceField
from mingcha.registry.models import Visit
from mingcha.registry.plan_tasks import plan_tasks
from mingcha.registry.services.visits import SUPERIOR_SPECIAL, VISIT_FIELDS, exempt_reasons
from mingcha.web.forms import DateInput, ModelForm


class VisitForm(ModelForm):
    subject = SubjectChoiceField(label=_("检查对象"))
    exempt_reason = forms.ChoiceField(
        label=_("不计入频次上限的理由"),
        required=False,
        help_text=_("个案检查必选；日常检查一律计入，不选（国办发〔2024〕54号）"),
    )

    plan_task = forms.ChoiceField(
        label=_("计划任务"),
        required=False,
        help_text=_("这次检查属于年度计划任务的请选择，计划完成情况据此统计；不属于的不选"),
    )

    class Meta:
        model = Visit
        fields = list(VISIT_FIELDS)
        widgets = {"visited_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visited_on"].initial = clock.today
        reasons = [*exempt_reasons(), SUPERIOR_SPECIAL]
        kept = [self.instance.exempt_reason] if self.instance.exempt_reason not in ("", *reasons) else []
        self.fields["exempt_reason"].choices = [  # type: ignore[attr-defined]
            ("", _("没有")),
            *((reason, reason) for reason in [*reasons, *kept]),
        ]
        self.fields["plan_task"].choices = _tasks(self.instance.plan_task)  # type: ignore[attr-defined]


def _tasks(kept: str) -> list[tuple[Any, Any]]:
    """The tasks by year; one that stands in the visit and is in no plan any more stays."""
    by_year: dict[int, list[tuple[str, str]]] = {}
    for task in plan_tasks.gather():
        by_year.setdefault(task.year, []).append((task.number, f"{task.number} {task.name}"))
    known = {number for tasks in by_year.values() for number, _label in tasks}
    groups = [(gettext("%(year)d 年度计划") % {"year": year}, tasks) for year, tasks in by_year.items()]
    lost = [(kept, kept)] if kept and kept not in known else []
    return [("", _("不属于计划任务")), *groups, *lost]
