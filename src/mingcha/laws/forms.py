"""Forms of the law library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mingcha.kernel.refusal import Refused
from mingcha.laws.models import Law, Rank
from mingcha.laws.uploads import text_of_file
from mingcha.web.forms import DateInput, Form


class LawForm(Form):
    """What a law is called."""

    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("全称，不加书名号"))
    short_title = forms.CharField(
        label=_("简称"), max_length=60, required=False, help_text=_("例如“劳动合同法”")
    )
    aliases = forms.CharField(
        label=_("其他名称"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每行一个：文号、曾用名、本局惯用的简称；引用时写哪一个都找得到"),
    )
    rank = forms.TypedChoiceField(label=_("效力位阶"), choices=Rank.choices, coerce=int)

    @staticmethod
    def values_of(law: Law) -> dict[str, Any]:
        """What the form shows of a law."""
        names = ("title", "short_title", "aliases", "rank")
        return {name: getattr(law, name) for name in names}


class TextForm(Form):
    """A new text of a law, pasted or as a file. What a file holds comes into the box, to be looked at."""

    label = forms.CharField(label=_("版本"), max_length=60, help_text=_("例如“2027年修正”"))
    effective_from = forms.DateField(
        label=_("施行日期"), widget=DateInput(), help_text=_("从这一天起适用；原文本适用到前一天")
    )
    source = forms.CharField(
        label=_("来源"), max_length=300, help_text=_("公布的机关、令号或公报，例如“主席令第七十号”")
    )
    file = forms.FileField(
        label=_("文本文件"),
        required=False,
        help_text=_(".txt、.md、.html 或 .docx；与下面的文本框填一处即可"),
    )
    content = forms.CharField(
        label=_("全文"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("从公布的网页或文件复制全文粘贴；每一条另起一行，以“第一条”的样式开头"),
    )
    note = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    why = forms.CharField(
        label=_("补录或更正的理由"),
        required=False,
        max_length=300,
        help_text=_("施行日期早于今天，或者更正同一天施行的文本时必须填写"),
    )

    def clean_content(self) -> str:
        return str(self.cleaned_data["content"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.pop("file", None)
        if file is not None:
            try:
                cleaned["content"] = text_of_file(file)
            except Refused as refused:
                self.add_error("file", refused.text())
        elif not cleaned.get("content", "").strip():
            self.add_error("content", _now("请粘贴全文，或选择一个文件"))
        return cleaned


class RepealForm(Form):
    """A law that holds no longer."""

    last_day = forms.DateField(label=_("最后适用日期"), widget=DateInput())
    basis = forms.CharField(
        label=_("废止依据"), max_length=300, help_text=_("写明废止它的决定，例如“国务院令第…号”")
    )


class SearchForm(Form):
    """Words to look for in the articles."""

    q = forms.CharField(
        label=_("查找条文"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": _("例如：试用期 工资，或 劳动合同法第82条")}
        ),
    )
