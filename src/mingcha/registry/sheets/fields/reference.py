"""Reference tables: administrative divisions and the national classification of industries."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.registry.sheets.fields.common import text_field, whole_row, words
from mingcha.registry.sheets.model import (
    Fault,
    FieldSpec,
    Known,
    Label,
    Parsed,
    Problem,
    RegisterFields,
    Values,
)
from mingcha.registry.sheets.normalise import clean, half_width, is_placeholder
from mingcha.registry.sheets.numbers import parse_count

_DIVISION: Final = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")
_INDUSTRY: Final = re.compile(r"[A-T]|\d{2,4}")


def _coded(pattern: re.Pattern[str], sample: str) -> FieldSpec:
    def parse(text: str) -> Parsed:
        code = half_width(clean(text)).replace(" ", "").upper()
        if is_placeholder(code):
            return Parsed()
        if pattern.fullmatch(code):
            return Parsed(code)
        return Parsed("", (Fault(_("不是代码，应为：%(sample)s") % {"sample": sample}, "error"),))

    return FieldSpec("code", "", (), parse, required=True)


def _code(code: str, label: Label, synonyms: str, like: FieldSpec, required: bool = False) -> FieldSpec:
    return FieldSpec(code, label, words(synonyms), like.parse, required=required)


_DIVISION_CODE: Final = _coded(_DIVISION, "130111")
_INDUSTRY_CODE: Final = _coded(_INDUSTRY, "C、13、7263")

_DIVISION_FIELDS: Final = (
    _code(
        "code",
        gettext_lazy("区划代码"),
        "区划代码 代码 行政区划代码 code 统计用区划代码",
        _DIVISION_CODE,
        required=True,
    ),
    text_field("name", gettext_lazy("名称"), "名称 区划名称 行政区划名称 name 单位名称", 60, required=True),
    _code(
        "parent", gettext_lazy("上级代码"), "上级代码 上级区划代码 上级区划 parent 父级代码", _DIVISION_CODE
    ),
    _code(
        "replaced_by",
        gettext_lazy("现行代码"),
        "现行代码 替代代码 变更后代码 replaced_by 新代码",
        _DIVISION_CODE,
    ),
    text_field("source", gettext_lazy("来源"), "来源 source 数据来源", 100),
)


def _complete_division(values: Values, known: Known) -> list[Problem]:
    if values.get("parent") and values.get("parent") == values.get("code"):
        return [whole_row(_("上级代码与本级代码相同"), "error", "parent", values["parent"])]
    return []


DIVISIONS: Final = RegisterFields(
    "divisions",
    gettext_lazy("行政区划"),
    _DIVISION_FIELDS,
    _complete_division,
    lambda values: str(values.get("code", "")),
)

_INDUSTRY_FIELDS: Final = (
    _code("code", gettext_lazy("行业代码"), "行业代码 代码 类别代码 code", _INDUSTRY_CODE, required=True),
    text_field("name", gettext_lazy("行业名称"), "行业名称 名称 类别名称 name", 100, required=True),
    _code("parent", gettext_lazy("上级代码"), "上级代码 parent 父级代码", _INDUSTRY_CODE),
    FieldSpec("level", gettext_lazy("级别"), words("级别 level 层级"), parse_count, repeats=True),
    _code("section", gettext_lazy("门类"), "门类 section 门类代码", _INDUSTRY_CODE),
    text_field("description", gettext_lazy("范围"), "范围 description 类别说明", 20_000),
    text_field("note", gettext_lazy("说明"), "说明 note 备注", 20_000),
)


def _complete_industry(values: Values, known: Known) -> list[Problem]:
    """Level and parent follow from the code; what belongs to a class and remarks on it become one note."""
    code = values.get("code", "")
    values["level"] = 1 if code.isalpha() else len(code)
    if len(code) > 2:
        values.setdefault("parent", code[:-1])
    if code.isalpha():
        values.setdefault("section", code)
    elif values.get("parent", "").isalpha():
        values.setdefault("section", values["parent"])
    notes = [values.pop(field) for field in ("description", "note") if field in values]
    if notes:
        values["note"] = "\n".join(notes)
    if code and "section" not in values:
        return [whole_row(_("没有门类（A至T），请补充“门类”一列"), "error", "section")]
    return []


INDUSTRIES: Final = RegisterFields(
    "industries",
    gettext_lazy("行业分类"),
    _INDUSTRY_FIELDS,
    _complete_industry,
    lambda values: str(values.get("code", "")),
)
