"""What people type around a result."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.inspection.form.fields import MOST_PERSONS
from mingcha.inspection.models import (
    AbnormalCheck,
    ContactAttempt,
    FailedDelivery,
    Referral,
    ResultNotice,
)
from mingcha.inspection.results.procedures import CHECK_WORDS, FIGURES, HEADS
from mingcha.inspection.results.reasons import OF_CHECKS, OTHER, dictionaries, field_of, reasons_of, words_of
from mingcha.inspection.services.proving import Figures
from mingcha.web.forms import DateInput, Form
from mingcha.web.text import Text

#: Longest texts, in characters.
LONG, LINE = 2000, 500
_FEN = 100


class ReasonsField(forms.MultipleChoiceField):
    """The words of the dictionaries, to be ticked; a word that a record holds stays among them.

    Initial and cleaned value are as the field `result:reasons` spells them.
    """

    def __init__(self, label: Text, value: object = "") -> None:
        known = dictionaries()
        gone = [word for word in words_of(value) if word not in known.every_word()]
        super().__init__(
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("在写着所选检查结果的一组里选，至少一项；都不是的，选“其他情形”"),
            choices=[
                *((label, [(word, word) for word in words]) for label, words in known.groups()),
                (_("以上没有的（各种结果都可以选）"), [(word, word) for word in (*gone, OTHER)]),
            ],
            initial=value,
        )

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, list) else list(words_of(value))

    def clean(self, value: Any) -> str:
        return field_of(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class AttemptForm(Form):
    day = forms.DateField(label=_("日期"), widget=DateInput, initial=clock.today)
    way = forms.ChoiceField(label=_("方式"), choices=ContactAttempt.Way, widget=forms.RadioSelect)
    outcome = forms.CharField(
        label=_("经过"),
        max_length=LONG,
        widget=forms.Textarea,
        help_text=_("到了哪里、打了哪个电话、寄到哪里，遇到什么人、结果怎样"),
    )
    proof = forms.FileField(
        label=_("凭证"), help_text=_("现场照片、通话记录截图、邮寄凭证或退件（图片或 PDF）")
    )


def _heads(label: Text, hint: Text = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST_PERSONS, required=False, help_text=hint
    )


class CheckForm(Form):
    """One kind of abnormality; `kind` decides which figures are asked for."""

    reason = forms.ChoiceField(label=_("情形"))
    people = _heads(CHECK_WORDS["people"], _("现场点验的"))
    contracts = _heads(CHECK_WORDS["contracts"])
    insured = _heads(CHECK_WORDS["insured"], _("社保系统查到的"))
    arrears = forms.DecimalField(
        label=CHECK_WORDS["arrears"],
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=_("已申报而没有缴的；大于零的，审核通过以后抄告税务部门（《社会保险法》第六十三条）"),
    )
    explanation = forms.CharField(
        label=_("企业的说明"),
        max_length=LONG,
        widget=forms.Textarea,
        help_text=_("没有说明的写“未作说明”"),
    )
    verified = forms.CharField(
        label=_("怎样核实、核实到什么"),
        max_length=LONG,
        widget=forms.Textarea,
        help_text=_("核对了哪些材料和数据，两边的数字为什么不一样"),
    )
    conclusion = forms.ChoiceField(
        label=_("结论"), choices=AbnormalCheck.Conclusion, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, kind: AbnormalCheck.Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(word, word) for word in reasons_of(OF_CHECKS[kind.value])]
        self.fields["reason"].choices = [("", _("请选择")), *words]  # type: ignore[attr-defined]
        for name in {*HEADS, "arrears"} - set(FIGURES[kind]):
            del self.fields[name]

    def figures(self) -> Figures:
        """Of a valid form."""
        arrears = self.cleaned_data.get("arrears")
        return Figures(
            people=self.cleaned_data.get("people"),
            contracts=self.cleaned_data.get("contracts"),
            insured=self.cleaned_data.get("insured"),
            arrears=None if arrears is None else int(arrears * _FEN),
        )


class SendForm(Form):
    to_name = forms.CharField(label=_("抄告的部门"), max_length=100)
    on = forms.DateField(label=_("发出日期"), widget=DateInput, initial=clock.today)
    how = forms.ChoiceField(label=_("发出方式"), choices=Referral.Way, widget=forms.RadioSelect)


class AnswerForm(Form):
    on = forms.DateField(label=_("反馈日期"), widget=DateInput, initial=clock.today)
    text = forms.CharField(label=_("反馈内容"), max_length=LINE, widget=forms.Textarea)


#: Service by announcement is no way that somebody enters: it is published.
_BY_HAND = [choice for choice in ResultNotice.Way.choices if choice[0] != ResultNotice.Way.ANNOUNCED]


class ServeForm(Form):
    on = forms.DateField(label=_("送达日期"), widget=DateInput, initial=clock.today)
    how = forms.ChoiceField(label=_("送达方式"), choices=_BY_HAND, widget=forms.RadioSelect)
    receiver = forms.CharField(
        label=_("签收人"), max_length=100, help_text=_("留置送达的写见证人；只有办理的人能看到")
    )
    paper = forms.FileField(
        label=_("送达回证"), required=False, help_text=_("签字盖章的扫描件或照片；没有的可以不传")
    )


class FailureForm(Form):
    day = forms.DateField(label=_("日期"), widget=DateInput, initial=clock.today)
    how = forms.ChoiceField(
        label=_("送达方式"),
        choices=[(way.value, way.label) for way in FailedDelivery.WAYS],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("没有送达的经过"),
        max_length=LINE,
        widget=forms.Textarea,
        help_text=_("到了哪里、遇到谁，或者邮件退回的原因"),
    )
    proof = forms.FileField(label=_("凭证"), help_text=_("现场照片、退件或者邮政回执（图片或 PDF）"))


class LookForm(Form):
    reason = forms.CharField(
        label=_("查看的理由"), max_length=200, help_text=_("例如：打印笔录请企业签名、核对签收人")
    )
