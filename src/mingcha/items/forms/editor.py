"""The editor of a draft: one form of facts and a row of forms for points, materials, outcomes and exemptions.

Nothing typed is ever lost: with an error, a refusal, or a wish for more empty rows the same page comes
back with every value still in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from mingcha.basics.models.common import Trust
from mingcha.items.content import Content, Exemption, Material, Outcome, Point
from mingcha.items.models.items import CODE
from mingcha.items.vocabulary import Answer, Body, Manner, Result, Way
from mingcha.registry.models import Specialty, Subject
from mingcha.web.forms import Form

#: Empty rows that every list of the editor ends with, and how many "再加空行" adds.
EMPTY = 1
#: More rows than this one item never has.
MOST_ROWS = 60
#: The name of the button that asks for more empty rows.
MORE = "_more"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _cited(label: Any, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, widget=forms.Textarea(attrs={"rows": 2}), help_text=hint
    )


class FactsForm(Form):
    """What an item is, apart from its lists."""

    code = forms.CharField(
        label=_("事项编码"), max_length=16, validators=[CODE], help_text=_("例如 RS21；以后不能更改")
    )
    name = forms.CharField(label=_("事项名称"), max_length=100)
    family = forms.CharField(
        label=_("抽查类别"), max_length=50, help_text=_("例如：工资支付、社会保险、人力资源服务")
    )
    key = forms.BooleanField(
        label=_("重点检查事项"), required=False, help_text=_("涉及安全、公共利益等重要领域；抽查比例不设上限")
    )
    kinds = forms.MultipleChoiceField(
        label=_("检查对象类型"), choices=Subject.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    kinds_note = forms.CharField(
        label=_("检查对象说明"), max_length=300, required=False, help_text=_("例如：持有劳务派遣许可证的单位")
    )
    manners = forms.MultipleChoiceField(
        label=_("检查方式"),
        choices=Manner.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("能书面、网络或凭数据核查的，不得入企检查（国办发〔2024〕54号四）"),
    )
    body = forms.ChoiceField(label=_("执法主体类别"), choices=Body.choices, widget=forms.RadioSelect)
    body_name = forms.CharField(label=_("执法主体"), max_length=100)
    specialty = forms.ChoiceField(label=_("所需业务专长"), required=False)
    cap = forms.IntegerField(
        label=_("计划频次（同一对象每年至多几次）"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_("编制计划时遵守；实际入企次数按本局公布的年度频次上限合并计算。没有安排的留空"),
    )
    ratio_note = forms.CharField(label=_("抽查比例和频次说明"), max_length=300, required=False)
    bases = _cited(
        _("检查依据"),
        hint=_("每行一条，例如：《劳动合同法》第七十四条第（一）项。条文会与法律法规库核对"),
    )
    unverified = _cited(
        _("原文未入库的依据（待确认）"), hint=_("每行一个文件名称；将在清单上标为“原文未入库，待确认”")
    )
    change_note = forms.CharField(
        label=_("本次调整的内容和理由"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("审批人和公众会看到"),
    )

    def __init__(self, *args: Any, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["code"]
        skills = [(row.code, row.label) for row in Specialty.objects.order_by("label")]
        self.fields["specialty"].choices = [("", _("不要求")), *skills]  # type: ignore[attr-defined]


class PointForm(Form):
    """One check point."""

    question = forms.CharField(label=_("检查要点"), max_length=300)
    standard = forms.CharField(label=_("合格标准"), widget=forms.Textarea(attrs={"rows": 2}))
    answer = forms.ChoiceField(label=_("怎样回答"), choices=Answer.choices, initial=Answer.YES_NO)
    choices = forms.CharField(
        label=_("选项"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("只在“单选”时填写，每行一个"),
    )
    bases = _cited(_("依据"), hint=_("每行一条"))
    consequence = forms.CharField(label=_("法律后果"), widget=forms.Textarea(attrs={"rows": 2}))
    consequence_bases = _cited(_("后果依据"), hint=_("每行一条"))
    off_site = forms.BooleanField(label=_("凭数据即可核查，不必入企"), required=False)
    trust = forms.ChoiceField(
        choices=Trust.choices, initial=Trust.BUREAU, required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == Answer.CHOICE and len(_lines(cleaned.get("choices", ""))) < 2:
            self.add_error("choices", _("回答方式是“单选”时，至少写两个选项，每行一个"))
        return cleaned

    def part(self) -> Point:
        """The point that was typed."""
        values = self.cleaned_data
        return Point(
            question=values["question"],
            standard=values["standard"],
            answer=values["answer"],
            bases=_lines(values["bases"]),
            consequence=values["consequence"],
            consequence_bases=_lines(values["consequence_bases"]),
            off_site=values["off_site"],
            choices=_lines(values["choices"]),
            trust=Trust(values["trust"] or Trust.BUREAU),
        )


class MaterialForm(Form):
    """One material."""

    name = forms.CharField(label=_("材料"), max_length=100)
    why = forms.CharField(label=_("用途"), max_length=300, required=False)
    held_by_bureau = forms.BooleanField(label=_("本局已掌握，不向企业索取"), required=False)
    holder = forms.CharField(label=_("由哪个系统或股室掌握"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("held_by_bureau") and not cleaned.get("holder"):
            self.add_error("holder", _("本局已掌握的材料，请写明由哪个系统或股室掌握"))
        return cleaned

    def part(self) -> Material:
        return Material(
            **{name: self.cleaned_data[name] for name in ("name", "why", "held_by_bureau", "holder")}
        )


class OutcomeForm(Form):
    """One result with its ways forward."""

    result = forms.ChoiceField(label=_("检查结果"), choices=[("", _("请选择")), *Result.choices])
    ways = forms.MultipleChoiceField(
        label=_("处置方式"), choices=Way.choices, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def part(self) -> Outcome:
        values = self.cleaned_data
        return Outcome(values["result"], tuple(values["ways"]), values["note"])


class ExemptionForm(Form):
    """One case of 容错."""

    condition = forms.CharField(label=_("不予处罚的情形"), widget=forms.Textarea(attrs={"rows": 2}))
    bases = _cited(_("依据"), required=True, hint=_("每行一条"))
    except_when = forms.CharField(
        label=_("不适用的情形"), max_length=300, required=False, help_text=_("例如：使用童工的")
    )

    def part(self) -> Exemption:
        values = self.cleaned_data
        return Exemption(values["condition"], _lines(values["bases"]), values["except_when"])


class Rows(BaseFormSet):
    """A list of the editor: rows keep their place unless a number says otherwise; marked ones go."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("次序")
        form.fields["ORDER"].widget = forms.HiddenInput()
        form.fields["DELETE"].label = _("去掉这一行")
        form.fields["DELETE"].widget.attrs["class"] = "form-check-input"

    def parts(self) -> Iterator[Any]:
        """What was typed, in order, without rows that are empty or to go."""
        for form in self.ordered_forms:
            if form.has_changed() or form.initial:
                yield form.part()


def _rows(form: type[Form]) -> type[Rows]:
    return forms.formset_factory(  # type: ignore[return-value]
        form,
        formset=Rows,
        extra=EMPTY,
        can_order=True,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )


ROWS: dict[str, type[Rows]] = {
    "points": _rows(PointForm),
    "materials": _rows(MaterialForm),
    "outcomes": _rows(OutcomeForm),
    "exemptions": _rows(ExemptionForm),
}


class Editor:
    """The whole page as one form: it is valid when every part is."""

    is_multipart = False
    fields: dict[str, forms.Field] = {}

    def __init__(self, *, data: Any = None, content: Content | None = None, note: str = "") -> None:
        wanted = _with_more(data)
        self.content_before = content
        self.facts = FactsForm(wanted, initial=_facts(content, note), new=content is None, prefix="facts")
        self.rows = {
            name: made(wanted, initial=_initial(content, name), prefix=name) for name, made in ROWS.items()
        }

    def is_valid(self) -> bool:
        return all([self.facts.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def all_forms(self) -> Iterator[forms.BaseForm]:
        yield self.facts
        for rows in self.rows.values():
            yield from rows.forms

    def visible_fields(self) -> list[forms.BoundField]:
        """For the summary of what is wrong."""
        return [bound for form in self.all_forms() for bound in form.visible_fields()]

    def non_field_errors(self) -> list[str]:
        found: list[Any] = [error for form in self.all_forms() for error in form.non_field_errors()]
        return [*found, *(error for rows in self.rows.values() for error in rows.non_form_errors())]

    def content(self) -> Content:
        """What a valid page says; the code of an item that is there already stays."""
        values = self.facts.cleaned_data
        before = self.content_before
        return Content(
            code=values["code"] if before is None else before.code,
            name=values["name"],
            family=values["family"],
            key=values["key"],
            kinds=tuple(values["kinds"]),
            kinds_note=values["kinds_note"],
            manners=tuple(values["manners"]),
            specialty=values["specialty"],
            body=values["body"],
            body_name=values["body_name"],
            cap=values["cap"],
            ratio_note=values["ratio_note"],
            trust=Trust.BUREAU,
            bases=_lines(values["bases"]),
            unverified=_lines(values["unverified"]),
            points=tuple(self.rows["points"].parts()),
            materials=tuple(self.rows["materials"].parts()),
            outcomes=tuple(self.rows["outcomes"].parts()),
            exemptions=tuple(self.rows["exemptions"].parts()),
        )


def _with_more(data: Any) -> Any:
    """The typed values with more empty rows, where the button asks for them."""
    if data is None or data.get(MORE) not in ROWS:
        return data
    grown = data.copy()
    total = f"{data[MORE]}-TOTAL_FORMS"
    count = data.get(total, "0")
    grown[total] = str(min(int(count) + 1, MOST_ROWS)) if count.isascii() and count.isdigit() else "1"
    return grown


def _facts(content: Content | None, note: str) -> dict[str, Any]:
    if content is None:
        return {"body": Body.BUREAU}
    names = ("name", "family", "key", "kinds_note", "body", "body_name", "specialty", "cap", "ratio_note")
    values: dict[str, Any] = {name: getattr(content, name) for name in names}
    return values | {
        "kinds": list(content.kinds),
        "manners": list(content.manners),
        "bases": "\n".join(content.bases),
        "unverified": "\n".join(content.unverified),
        "change_note": note,
    }


def _initial(content: Content | None, name: str) -> list[dict[str, Any]]:
    rows: Iterable[Any] = getattr(content, name) if content is not None else ()
    return [_row(vars(row)) for row in rows]


def _row(values: dict[str, Any]) -> dict[str, Any]:
    """Texts of several lines are typed into one box, one a line; boxes to tick take lists."""
    return {
        name: (list(value) if name == "ways" else "\n".join(value)) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
