"""Whom a task is about and how many: the fields that the forms of plan and campaign share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from mingcha.planning.models.scopes import Scoped
from mingcha.registry.models import Grading, Industry, Licence, Subject
from mingcha.registry.selectors import facets
from mingcha.web.forms import ModelForm
from mingcha.web.text import Text

NO_GRADE = "none"
_SEPARATORS = str.maketrans({"、": ",", "，": ",", ";": ",", "；": ",", " ": ",", "\n": ","})


class _Codes(forms.MultipleChoiceField):
    """Boxes whose ticked codes are kept as one text, separated by commas."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> str:  # type: ignore[override]
        return ",".join(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return value.split(",") if isinstance(value, str) else value


def _grades(label: Text, system: Grading.System) -> _Codes:
    choices = [*((grade, grade) for grade in Grading.GRADES[system]), (NO_GRADE, _("没有评定"))]
    return _Codes(label=label, choices=choices, required=False)


class ScopedForm(ModelForm):
    """At whom and how many. The rate is typed in per cent and kept in whole basis points."""

    kinds = _Codes(label=_("对象类型"), choices=Subject.Kind.choices, initial=Subject.Kind.ENTERPRISE.value)
    licences = _Codes(label=_("许可备案（有其中之一的）"), choices=Licence.Kind.choices, required=False)
    grades_hrss = _grades(_("守法诚信等级"), Grading.System.HRSS)
    grades_market = _grades(_("市监信用风险等级"), Grading.System.MARKET)
    grades_dispatch = _grades(_("劳务派遣信用等级"), Grading.System.DISPATCH)
    rate = forms.DecimalField(
        label=_("比例（%）"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=2,
        initial=Decimal(3),
        help_text=_("按比例抽取时填写；各层向上取整。按守法诚信等级分层的，再乘以各等级的权重"),
    )
    total = forms.IntegerField(label=_("户数"), required=False, min_value=1, help_text=_("按户数抽取时填写"))

    disputes = forms.DecimalField(
        label=_("每百名职工劳动争议不少于（件）"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        decimal_places=2,
        help_text=_("近12个月的劳动争议案件数÷用工人数×100，例如 1；没有登记用工人数的算不出"),
    )

    def clean_industries(self) -> str:
        """Codes that the classification knows, with or without the letter of their section."""
        codes = _parts(self.cleaned_data["industries"].upper())
        wanted = {code for code in codes if code.isalpha()} | {_digits(code) for code in codes}
        known = set(Industry.objects.filter(code__in=wanted - {""}).values_list("code", flat=True))
        unknown = [code for code in codes if (code if code.isalpha() else _digits(code)) not in known]
        if unknown:
            raise forms.ValidationError(
                _("行业分类里没有：%(codes)s。请填 GB/T 4754 的门类字母或代码")
                % {"codes": "、".join(unknown)}
            )
        return ",".join(codes)

    def clean_towns(self) -> str:
        names = _parts(self.cleaned_data["towns"])
        known = {name for name, _label in facets.towns()}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise forms.ValidationError(
                _("名录库里没有这些乡镇街道：%(names)s。现有：%(known)s")
                % {"names": "、".join(unknown), "known": "、".join(sorted(known)[:30]) or "—"}
            )
        return ",".join(names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mode = cleaned.get("quota_mode")
        if mode == Scoped.QuotaMode.RATE and not cleaned.get("rate") and "rate" not in self.errors:
            self.add_error("rate", _("按比例抽取时必须填写大于 0 的比例"))
        if mode == Scoped.QuotaMode.NUMBER and not cleaned.get("total") and "total" not in self.errors:
            self.add_error("total", _("按户数抽取时必须填写户数"))
        low, high = cleaned.get("workers_from"), cleaned.get("workers_until")
        if low is not None and high is not None and high < low:
            self.add_error("workers_until", _("上限小于下限"))
        cleaned["rate_bp"] = int((cleaned.pop("rate", None) or Decimal(0)) * 100)
        cleaned["total"] = cleaned.get("total") or 0
        if "disputes" in self.fields:
            disputes = cleaned.pop("disputes", None)
            cleaned["disputes_from"] = None if disputes is None else int(disputes * 100)
        return cleaned


def shown_of(scoped: Scoped) -> dict[str, Any]:
    """What the form shows of a task that is to be changed."""
    shown = model_to_dict(scoped)
    shown |= {name: getattr(scoped, name).replace(",", "、") for name in ("industries", "towns")}
    disputes = None if scoped.disputes_from is None else Decimal(scoped.disputes_from) / 100
    rate = Decimal(scoped.rate_bp) / 100
    return shown | {"rate": rate, "total": scoped.total or None, "disputes": disputes}


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part for part in text.translate(_SEPARATORS).split(",") if part))


def _digits(code: str) -> str:
    return code[1:] if code[:1].isalpha() else code
