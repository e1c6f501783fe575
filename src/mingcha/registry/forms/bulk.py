"""Choosing what to do with many subjects at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models import BulkChange, Tag
from mingcha.web.forms import Form

Verb = BulkChange.Verb


class BulkForm(Form):
    """The change, its value and why; which subjects is the page's business."""

    verb = forms.ChoiceField(label=_("办理"), choices=Verb)
    tag = forms.ModelChoiceField(
        label=_("标签"), queryset=Tag.objects.all(), required=False, help_text=_("加标签、去标签时选择")
    )
    town = forms.CharField(
        label=_("乡镇街道"), max_length=50, required=False, help_text=_("填写乡镇街道时填写")
    )
    reason = forms.CharField(label=_("理由"), max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        verb = cleaned.get("verb")
        if verb in (Verb.TAG, Verb.UNTAG) and cleaned.get("tag") is None:
            self.add_error("tag", _("请选择标签"))
        if verb == Verb.TAG and cleaned.get("tag") is not None and not cleaned["tag"].in_use:
            self.add_error("tag", _("这个标签已停用，不能再加"))
        if verb == Verb.TOWN and not cleaned.get("town", "").strip():
            self.add_error("town", _("请填写乡镇街道"))
        return cleaned

    @property
    def value(self) -> str:
        """The tag's id or the town, as the service takes it; empty for a claim."""
        verb, cleaned = self.cleaned_data["verb"], self.cleaned_data
        if verb in (Verb.TAG, Verb.UNTAG):
            return str(cleaned["tag"].pk)
        return str(cleaned["town"]).strip() if verb == Verb.TOWN else ""
