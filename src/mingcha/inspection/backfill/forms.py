"""Forms of handing over and reading back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.inspection.backfill.fields import given
from mingcha.inspection.models import ReturnTemplate
from mingcha.items.vocabulary import Result
from mingcha.planning.models import Campaign
from mingcha.web.forms import DateInput, FieldGroup, Form

_COLUMN, _WORD = "column_", "word_"
#: The longest word that a platform has for a result.
_LONGEST = 60


class BlankForm(Form):
    file = forms.FileField(
        label=_("空白模板"),
        help_text=_("从省平台下载的批量录入模板，.xlsx 最好（格式、下拉框都保留）；同一份模板只需上传一次"),
    )


class ExportForm(Form):
    file = forms.FileField(
        label=_("省平台导出的检查结果"),
        help_text=_("在省平台公示以后导出的 Excel；平台的记录号和公示日期从导出里取，不用录入"),
    )


class MapForm(Form):
    """What each column of a blank is filled with, and how the platform says our results."""

    first_row = forms.IntegerField(label=_("从第几行开始填"), min_value=1, max_value=1000)

    def __init__(self, *args: Any, template: ReturnTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("不填")), *((spec.code, spec.label) for spec in given())]
        for column in template.columns:
            self.fields[f"{_COLUMN}{column['index']}"] = forms.ChoiceField(
                label=column["heading"] or _("（没有表头）"),
                choices=choices,
                required=False,
                initial=column["field"],
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        for code, label in Result.choices:
            self.fields[f"{_WORD}{code}"] = forms.CharField(
                label=label,
                required=False,
                max_length=_LONGEST,
                initial=template.words.get(code, str(label)),
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )
        self.groups = (
            FieldGroup(_("模板的各列填什么"), self._names(_COLUMN)),
            FieldGroup(_("位置"), ("first_row",)),
            FieldGroup(
                _("检查结果在省平台怎么写"),
                self._names(_WORD),
                hint=_("照省平台下拉框里的用词填写，只填这一次；同名的不用改"),
            ),
        )

    def _names(self, prefix: str) -> tuple[str, ...]:
        return tuple(name for name in self.fields if name.startswith(prefix))

    def mapping(self) -> dict[int, str]:
        """Our field by column."""
        return {int(name): field for name, field in self._chosen(_COLUMN).items()}

    def words(self) -> dict[str, str]:
        """The platform's word by our code."""
        return dict(self._chosen(_WORD))

    def _chosen(self, prefix: str) -> Mapping[str, str]:
        return {name[len(prefix) :]: self.cleaned_data[name] for name in self._names(prefix)}


class MakeForm(Form):
    """Of which campaign, or reviewed when; into which template."""

    campaign = forms.ModelChoiceField(
        label=_("抽查任务"),
        queryset=Campaign.objects.none(),
        required=False,
        help_text=_("列出这项任务里审核通过、还没有回填的；按日期列的，不选任务"),
    )
    first_day = forms.DateField(label=_("审核日期起"), required=False, widget=DateInput)
    last_day = forms.DateField(label=_("审核日期止"), required=False, widget=DateInput)
    template = forms.ModelChoiceField(
        label=_("回填模板"),
        queryset=ReturnTemplate.objects.none(),
        required=False,
        help_text=_("省平台没有批量模板的不选，逐项复制"),
    )

    def __init__(self, *args: Any, campaigns: Any, templates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first_day"), values.get("last_day")
        if values.get("campaign") is None and not (first and last):
            self.add_error("campaign", _("请选择抽查任务，或填写审核日期的起止"))
        if first and last and last < first:
            self.add_error("last_day", _("止期早于起期"))
        return values
