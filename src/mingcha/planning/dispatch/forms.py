"""What people type when they list a helper (协助人员)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models import Inspector
from mingcha.web.forms import Form


class CompanionForm(Form):
    person = forms.ModelChoiceField(
        label=_("协助人员"),
        queryset=Inspector.objects.exclude(kind=Inspector.Kind.CERTIFIED).filter(
            status=Inspector.Status.ACTIVE
        ),
        help_text=_("名录库中的专家和协助人员；参与部门请只列本部门的人"),
    )
    purpose = forms.CharField(
        label=_("协助什么"), max_length=200, help_text=_("例如：核对社保缴费数据、查看特种设备、翻译")
    )
