"""What people type when they list a helper (协助人员), or ask for a longer period of visits."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models import Inspector
from mingcha.web.forms import DateInput, Form


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


class ExtensionForm(Form):
    until = forms.DateField(label=_("延长到"), widget=DateInput)
    reason = forms.CharField(
        label=_("延长的理由"),
        max_length=300,
        widget=forms.Textarea,
        help_text=_("为什么没有在批准的期间内检查完，还有哪些户、打算怎样完成"),
    )
