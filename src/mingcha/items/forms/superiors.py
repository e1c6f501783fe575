"""What people choose and type about a superior's list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.items.models import Item, SuperiorRow
from mingcha.web.forms import DateInput, Form


class UploadForm(Form):
    """The file, and whose list it is."""

    authority = forms.CharField(
        label=_("发布机关"), max_length=100, help_text=_("例如：河北省人力资源和社会保障厅")
    )
    title = forms.CharField(label=_("清单名称"), max_length=200)
    published_on = forms.DateField(label=_("发布日期"), required=False, widget=DateInput())
    file = forms.FileField(
        label=_("清单文件"),
        help_text=_("Excel（.xlsx、.xls）或 CSV；表头要有抽查事项和检查依据，上面有标题也可以"),
    )

    def clean_published_on(self) -> Any:
        day = self.cleaned_data["published_on"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("发布日期不能晚于今天"))
        return day


class DecideForm(Form):
    """What becomes of one row."""

    decision = forms.ChoiceField(
        label=_("怎样处理"),
        choices=[
            choice for choice in SuperiorRow.Decision.choices if choice[0] != SuperiorRow.Decision.PENDING
        ],
        widget=forms.RadioSelect,
    )
    item = forms.ModelChoiceField(
        label=_("对应的本局事项"),
        queryset=Item.objects.none(),
        required=False,
        help_text=_("只在“对应本局事项”时选择"),
    )
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("不采用的必须写明理由，例如：该省地方性法规，不适用于本地"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = Item.objects.select_related("face").order_by("code")  # type: ignore[attr-defined]
