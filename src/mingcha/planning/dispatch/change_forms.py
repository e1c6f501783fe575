"""What people type when they ask for a 候补 or a 更换."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.planning.models import ChangeRequest, TaskMember
from mingcha.planning.services.dispatch import Grounds
from mingcha.planning.services.dispatch.asking import REASON_LENGTH
from mingcha.registry.models import Recusal
from mingcha.web.forms import Form

Kind, Cause = ChangeRequest.Kind, ChangeRequest.Cause


class _AskForm(Form):
    """Cause, words and evidence; a subclass says of which kind."""

    kind: str
    cause = forms.ChoiceField(label=_("事由"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("说明"), max_length=REASON_LENGTH, widget=forms.Textarea)
    evidence = forms.FileField(label=_("佐证"), help_text=_("PDF、图片或办公文件"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        causes = ChangeRequest.CAUSES[Kind(self.kind)]
        self.fields["cause"].choices = [(one.value, one.label) for one in causes]  # type: ignore[attr-defined]

    def grounds(self) -> Grounds:
        """Of a valid form."""
        given = self.cleaned_data
        return Grounds(given["cause"], given["reason"], given.get("evidence"))


class ReserveForm(_AskForm):
    kind = Kind.RESERVE.value
    reason = forms.CharField(
        label=_("说明"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea,
        help_text=_("怎样发现、怎样核实的；事由会随抽查结果公开，这里的说明和佐证不公开"),
    )
    evidence = forms.FileField(
        label=_("佐证"), help_text=_("登记状态的网页截图、现场照片、证明等（PDF、图片或办公文件）")
    )


class ReplaceForm(_AskForm):
    """Which member, and for a recusal what the relation is."""

    kind = Kind.REPLACE.value
    member = forms.ChoiceField(label=_("更换谁"), widget=forms.RadioSelect)
    relation = forms.ChoiceField(
        label=_("回避的情形"),
        required=False,
        choices=[("", _("不是回避")), *Recusal.Kind.choices],
        help_text=_("事由为回避的必选；会同时记入回避登记，由局领导一并决定"),
    )
    reason = forms.CharField(
        label=_("说明"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea,
        help_text=_("回避的，写明由谁提出（企业申请或本人申报）、什么关系；不公开"),
    )
    evidence = forms.FileField(label=_("佐证"), required=False, help_text=_("回避申请、通知等；没有的可不传"))
    field_order = ("member", "cause", "relation", "reason", "evidence")

    def __init__(self, *args: Any, members: Sequence[TaskMember] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(one.inspector_id): one.inspector for one in members}
        chosen = [(key, str(one)) for key, one in self.members.items()]
        self.fields["member"].choices = chosen  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("cause") == Cause.RECUSAL and not cleaned.get("relation"):
            self.add_error("relation", _("请选择回避的情形"))
        elif cleaned.get("relation") and cleaned.get("cause"):
            self.add_error("cause", _("选了回避的情形，事由就是“回避”；不是回避的，请把情形改回“不是回避”"))
        return cleaned


class DropOutForm(_AskForm):
    kind = Kind.DROP_OUT.value
    reason = forms.CharField(
        label=_("说明"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea,
        help_text=_("从什么时候起、为什么不能参加；不公开，只有经办、负责的股室或部门、督导员和局领导能看到"),
    )
    evidence = forms.FileField(label=_("佐证"), required=False, help_text=_("请假单、通知等；没有的可不传"))
