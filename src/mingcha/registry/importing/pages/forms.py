"""What people choose and type while bringing a list in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.base import limits
from mingcha.base.viewers import Viewer
from mingcha.registry.importing.reach import may_bring
from mingcha.registry.models import ImportBatch, ImportSource
from mingcha.registry.sheets import FIELDS
from mingcha.web.forms import Form, dress


class UploadForm(Form):
    """The list, where it comes from and into which register it goes."""

    register = forms.ChoiceField(label=_("导入到"), choices=ImportBatch.Register.choices)
    known_source = forms.ModelChoiceField(
        label=_("名单来源"),
        queryset=ImportSource.objects.none(),
        required=False,
        empty_label=_("新的来源（在下面写名称）"),
        help_text=_("同一来源的名单，列的含义只需说明一次"),
    )
    new_source = forms.CharField(
        label=_("新来源的名称"),
        max_length=60,
        required=False,
        help_text=_("例如：省监管平台导出、市监局推送"),
    )
    division_code = forms.RegexField(
        r"^(\d{6}|\d{9}|\d{12})$",
        label=_("整份名单的属地区划代码"),
        required=False,
        help_text=_("只在整份名单都属同一地方时填写，例如 130111；系统从不由信用代码推断属地"),
        error_messages={"invalid": _("区划代码是 6 位、9 位或 12 位数字")},
    )
    claim = forms.BooleanField(
        label=_("这是新登记主体名单，导入后需要逐户认领"), required=False, help_text=_("只用于检查对象")
    )
    file = forms.FileField(
        label=_("名单文件"), help_text=_("Excel（.xlsx、.xls）或 CSV；表头上面有标题也可以")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known_source"].queryset = ImportSource.objects.all()  # type: ignore[attr-defined]

    def narrow(self, viewer: Viewer) -> None:
        """Only the registers that this viewer keeps."""
        field: Any = self.fields["register"]
        field.choices = [choice for choice in ImportBatch.Register.choices if may_bring(viewer, choice[0])]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        limits.check("import_file_bytes", file.size)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("known_source") and not (cleaned.get("new_source") or "").strip():
            self.add_error("new_source", _("请选择名单来源，或写一个新来源的名称"))
        return cleaned

    def source_name(self) -> str:
        """The chosen or the new source."""
        known = self.cleaned_data.get("known_source")
        return str(known.name if known else self.cleaned_data["new_source"]).strip()


class OptionsForm(Form):
    """What an update may do, and whether new subjects wait for 认领."""

    keep = forms.ChoiceField(
        label=_("名单与名录库不一致时"),
        choices=[("", _("以名单为准，改成名单上的")), ("keep", _("不覆盖已有值，只补空白"))],
        required=False,
        widget=forms.RadioSelect,
    )
    claim = forms.BooleanField(label=_("新增的主体需要逐户认领"), required=False)


class ColumnsForm(Form):
    """One select box a column, one check box a sheet."""

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batch = batch
        specs = FIELDS[batch.register].fields
        choices = [("", _("不导入这一列"))] + [(spec.code, spec.label) for spec in specs]
        for number, sheet in enumerate(batch.layout.get("sheets", [])):
            self.fields[f"used-{number}"] = forms.BooleanField(
                label=_("读取这张表"), required=False, initial=sheet["used"]
            )
            for column in sheet["columns"]:
                self.fields[f"column-{number}-{column['index']}"] = forms.ChoiceField(
                    label=column["heading"] or _("第 %(n)s 列") % {"n": column["index"] + 1},
                    choices=choices,
                    required=False,
                    initial=column["field"],
                )
        for field in self.fields.values():
            dress(field)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number, sheet in enumerate(self.batch.layout.get("sheets", [])):
            taken: dict[str, str] = {}
            for column in sheet["columns"]:
                name = f"column-{number}-{column['index']}"
                field = cleaned.get(name, "")
                if field and field in taken and cleaned.get(f"used-{number}"):
                    self.add_error(name, _("这个含义已经给了另一列，请二者选一"))
                taken[field] = name
        return cleaned

    def meanings(self) -> dict[tuple[int, int], str]:
        """(sheet number, column index) → field."""
        found = {}
        for name, value in self.cleaned_data.items():
            if name.startswith("column-"):
                _word, sheet, index = name.split("-")
                found[int(sheet), int(index)] = str(value)
        return found

    def used(self) -> dict[int, bool]:
        """Sheet number → whether it is read."""
        return {
            int(name.partition("-")[2]): bool(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("used-")
        }


class RowForm(Form):
    """The cells of one row, as text, to be corrected."""

    def __init__(
        self, *args: Any, batch: ImportBatch, raw: dict[str, str], wrong: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for spec in FIELDS[batch.register].fields:
            if spec.code not in raw and spec.code not in wrong and not spec.required:
                continue
            text = raw.get(spec.code, "")
            long = len(text) > 60
            self.fields[spec.code] = forms.CharField(
                label=str(spec.label),
                required=spec.required,
                max_length=2000,
                initial=text,
                help_text=wrong.get(spec.code, "") or str(spec.note),
                widget=forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput(),
            )
        for field in self.fields.values():
            dress(field)
