"""Copying a handwritten record, and giving up a file that will not come."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.basics.services import attachments
from mingcha.inspection import services
from mingcha.inspection.desk.forms import DropForm, RecordForm
from mingcha.inspection.form.fields import layout_of
from mingcha.inspection.form.reading import form_of, newest_of, standing_values
from mingcha.inspection.models import Evidence, Inspection
from mingcha.inspection.services.copying import require_copier
from mingcha.inspection.services.evidence import PURPOSES
from mingcha.inspection.services.form import require_open
from mingcha.inspection.views.common import OfInspection
from mingcha.web.access import officers
from mingcha.web.http import officer

#: Those who go, and the desk that copies for them.
COPIERS = (Role.INSPECTOR, Role.COORDINATOR)


class CopyRecord(OfInspection):
    """The whole form on one page."""

    verb_name = "copy_record"
    form_class = RecordForm
    template_name = "inspection/copy_record.html"
    title = _("代录手写笔录")
    subtitle = _("照签过名的笔录录入，扫描件随检查表保存；已经在手机上填过的显示在这里")
    submit_label = _("保存")
    done = _("已录入。核对无误后提交检查记录。")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_copier(officer(request), self.inspection)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # What was typed while somebody handed the record in comes back with the refusal.
        require_open(self.inspection)
        return super().get(request, *args, **kwargs)

    def form_arguments(self) -> dict[str, Any]:
        return {
            "layout": layout_of(self.inspection),
            "standing": standing_values(self.inspection),
            "seen": newest_of(self.inspection),
            "scanned": form_of(self.inspection).scan is not None,
        }

    def page_values(self, form: Any) -> dict[str, Any]:
        return {"conflicts": form_of(self.inspection).conflicts}

    def prepare(self, form: RecordForm) -> None:
        file = form.cleaned_data.get("scan")
        self.scan = attachments.store(file=file, purpose=PURPOSES[Evidence.Kind.SCAN]) if file else None

    def perform(self, form: RecordForm) -> int:
        return services.copy_record(
            actor=officer(self.request),
            inspection=self.inspection,
            values=form.values(),
            scan=self.scan,
            seen=form.cleaned_data["seen"],
        )


class DropEvidence(OfInspection):
    """A photograph on a phone that was lost."""

    verb_name = "drop_evidence"
    form_class = DropForm
    title = _("放弃没有传完的文件")
    subtitle = _("只在手机丢失、损坏，文件确实传不上来时用；传到一半的部分随之清除，理由留痕")
    submit_label = _("放弃这个文件")
    done = _("已放弃，理由已记录。")
    danger = True

    def about(self, request: HttpRequest, **address: Any) -> Inspection:
        rows = Evidence.objects.visible_to(officer(request)).select_related("inspection")
        self.evidence: Evidence = get_object_or_404(rows, uuid=address["key"])
        return self.evidence.inspection

    def perform(self, form: DropForm) -> Evidence:
        return services.drop(
            actor=officer(self.request), evidence=self.evidence, why=form.cleaned_data["why"]
        )


copy_record = officers(*COPIERS)(CopyRecord.as_view())
drop_evidence = officers(*COPIERS)(DropEvidence.as_view())
