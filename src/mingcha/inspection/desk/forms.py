"""The form at a desk: the same fields as on the phone, and the scan of what was written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.inspection.form.fields import (
    AGREES,
    ANSWERS,
    LINE,
    LONGEST,
    MOST_PERSONS,
    RECUSAL,
    SERVED,
    SHOWN,
    TOLD,
    Layout,
)
from mingcha.inspection.results.forms import ReasonsField
from mingcha.items.models import CheckPoint
from mingcha.items.vocabulary import Answer, Result
from mingcha.kernel.forms import Scalar
from mingcha.web.forms import FieldGroup, Form, dress
from mingcha.web.text import Text

_COUNT: dict[str, Any] = {"min_value": 0, "max_value": MOST_PERSONS}
_MONEY: dict[str, Any] = {"min_value": 0, "max_digits": 15, "decimal_places": 2}


class RecordForm(Form):
    """Every field of an inspection's form by its own name; colons stand as "-" in the page.

    `standing` are the values that stand now; a field in which two stand is empty here. `seen` is the newest
    change among them: it comes back with what was typed, so that nothing newer is overwritten unseen.
    """

    def __init__(
        self,
        *args: Any,
        layout: Layout,
        standing: Mapping[str, Scalar],
        seen: int,
        scanned: bool,
        **kwargs: Any,
    ) -> None:
        self._layout = layout
        super().__init__(*args, **kwargs)
        self.fields["seen"] = forms.IntegerField(min_value=0, initial=seen, widget=forms.HiddenInput)
        groups: list[FieldGroup] = []
        if not scanned:
            self._add(groups, gettext_lazy("手写笔录"), {"scan": _scan()})
        for version in layout.versions:
            for point in layout.points_of(version):
                title = f"{layout.number_of(point)}. {point.question}"
                self._add(groups, title, _point_fields(point), hint=point.standard)
        self._add(groups, gettext_lazy("告知、在场人和陈述"), _firm_fields())
        self._add(groups, gettext_lazy("检查结果"), _result_fields(layout, standing.get("result:reasons")))
        self.groups = tuple(groups)
        for name, value in standing.items():
            if _plain(name) in self.fields:
                self.fields[_plain(name)].initial = value

    def _add(
        self, groups: list[FieldGroup], title: Text, fields: Mapping[str, forms.Field], *, hint: Text = ""
    ) -> None:
        named = {_plain(name): field for name, field in fields.items()}
        for name, field in named.items():
            dress(field)
            self.fields[name] = field
        groups.append(FieldGroup(title, tuple(named), hint=hint))

    def values(self) -> dict[str, Scalar]:
        """What was typed, by the names of the form; None for what is empty."""
        return {
            name.replace("-", ":"): _scalar(value, self.fields[name])
            for name, value in self.cleaned_data.items()
            if name not in ("scan", "seen")
        }


def _plain(name: str) -> str:
    return name.replace(":", "-")


def _scalar(value: Any, field: forms.Field) -> Scalar:
    """As the phone writes it: yuan with two decimals, other numbers as they were typed."""
    if value in (None, ""):
        return None
    if isinstance(value, Decimal):
        money = isinstance(field, forms.DecimalField) and field.decimal_places == 2
        return f"{value:.2f}" if money else f"{value:f}"
    return value if isinstance(value, int) else str(value)


def _scan() -> forms.FileField:
    return forms.FileField(
        label=_("扫描件或照片"),
        help_text=_("签过名的手写笔录，PDF 或图片；多页的合成一个 PDF。代录以此为准"),
    )


def _choice(label: Text, choices: Mapping[str, Text], hint: Text = "") -> forms.ChoiceField:
    options = [("", _("（空）")), *((code, text) for code, text in choices.items())]
    return forms.ChoiceField(label=label, choices=options, required=False, help_text=hint)


def _text(label: Text, longest: int = LONGEST, hint: Text = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2}) if longest > LINE else None
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget, help_text=hint)


def _point_fields(point: CheckPoint) -> dict[str, forms.Field]:
    about = f"point:{point.pk}"
    value = {} if point.answer == Answer.YES_NO else {f"{about}:value": _value(point)}
    return {
        f"{about}:answer": _choice(_("是否符合"), ANSWERS),
        **value,
        f"{about}:facts": _text(_("事实")),
        f"{about}:persons": forms.IntegerField(label=_("涉及人数"), required=False, **_COUNT),
        f"{about}:amount": forms.DecimalField(label=_("涉及金额（元）"), required=False, **_MONEY),
    }


def _value(point: CheckPoint) -> forms.Field:
    label = _("查到的数")
    if point.answer == Answer.CHOICE:
        return _choice(_("选项"), {line: line for line in point.choice_lines})
    if point.answer == Answer.COUNT:
        return forms.IntegerField(label=label, required=False, **_COUNT)
    if point.answer == Answer.MONEY:
        return forms.DecimalField(label=_("金额（元）"), required=False, **_MONEY)
    if point.answer == Answer.NUMBER:
        return forms.DecimalField(label=label, required=False, max_digits=17, decimal_places=4)
    if point.answer == Answer.DATE:
        return forms.DateField(label=_("日期"), required=False)
    return _text(_("内容"))


def _firm_fields() -> dict[str, forms.Field]:
    return {
        "told:certificates": _choice(_("出示执法证件"), SHOWN),
        "told:rights": _choice(_("告知权利义务"), TOLD),
        "told:recusal": _choice(_("是否申请回避"), RECUSAL),
        "told:notice": _choice(
            _("检查通知书的送达"), SERVED, _("亮码或扫描执照入企的，空着就记为入企时当场出示并交付")
        ),
        "told:notice_how": _text(_("送达的时间、方式，或者没有出具的原因（不是当场交付的才填）"), LINE),
        "present:name": _text(_("在场人姓名"), LINE),
        "present:post": _text(_("职务"), LINE),
        "present:phone": _text(_("电话"), LINE),
        "firm:statement": _text(_("被检查单位的陈述")),
        "firm:agrees": _choice(_("对记录的意见"), AGREES),
        "sign:refused": _text(_("拒绝签名的情况")),
        "sign:witness": _text(_("见证人"), LINE),
    }


def _result_fields(layout: Layout, reasons: Scalar) -> dict[str, forms.Field]:
    results = {code: Result(code).label for code in Result.values}
    made: dict[str, forms.Field] = {}
    if len(layout.versions) > 1:
        for version in layout.versions:
            label = _("“%(item)s”的结果") % {"item": version.name}
            made[f"item:{version.pk}:result"] = _choice(label, results)
            made[f"item:{version.pk}:note"] = _text(_("“%(item)s”的说明") % {"item": version.name})
    return made | {
        "result:category": _choice(_("检查结果"), results),
        "result:reasons": ReasonsField(_("结果的情形"), reasons),
        "result:reason": _text(_("结果的具体情形"), 500),
    }


class DropForm(Form):
    """Why a file will not come."""

    why = forms.CharField(label=gettext_lazy("放弃的理由"), max_length=300, widget=forms.Textarea)
