"""The columns of a superior's list (domain §2.4), for the readers of `registry.sheets`."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.registry.sheets import FIELDS, FieldSpec, Known, Parsed, Problem, RegisterFields
from mingcha.registry.sheets.model import Fault, Label, Parse, Values

REGISTER: Final = "superior_items"
_LONGEST: Final = 4000


def _text(text: str) -> Parsed:
    plain = " ".join(text.split())
    if len(plain) > _LONGEST:
        return Parsed(plain[:_LONGEST], (Fault(_("文字太长，只保留前 4000 字")),))
    return Parsed(plain)


def _lines(text: str) -> Parsed:
    """A cell whose line breaks mean something."""
    return Parsed("\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())[:_LONGEST])


def _category(text: str) -> Parsed:
    plain = text.strip()
    if "重点" in plain:
        return Parsed("key")
    if "一般" in plain:
        return Parsed("general")
    return Parsed("", (Fault(_("看不出是一般检查事项还是重点检查事项")),)) if plain else Parsed()


def _field(code: str, label: Label, synonyms: str, parse: Parse, required: bool = False) -> FieldSpec:
    return FieldSpec(code, label, tuple(synonyms.split()), parse, required=required)


def _complete(values: Values, known: Known) -> list[Problem]:
    """A row of the list says nothing more together than cell by cell."""
    return []


SUPERIOR_ITEMS: Final = RegisterFields(
    REGISTER,
    gettext_lazy("上级事项清单"),
    (
        _field(
            "name",
            gettext_lazy("抽查事项"),
            "抽查事项 抽查事项名称 事项名称 检查事项 行政检查事项 抽查内容 检查项目 事项",
            _text,
            required=True,
        ),
        _field("family", gettext_lazy("抽查类别"), "抽查类别 抽查类别名称 事项分类 抽查领域 类别", _text),
        _field("subjects", gettext_lazy("检查对象"), "检查对象 抽查对象 对象 监管对象", _text),
        _field("category", gettext_lazy("事项类别"), "事项类别 事项类型 类型", _category),
        _field("manners", gettext_lazy("检查方式"), "检查方式 抽查方式 方式", _text),
        _field(
            "body", gettext_lazy("检查主体"), "检查主体 抽查主体 实施主体 执法主体 责任部门 实施部门", _text
        ),
        _field(
            "bases",
            gettext_lazy("检查依据"),
            "检查依据 抽查依据 法律依据 设定依据 依据 检查依据（法律法规规章）",
            _lines,
            required=True,
        ),
        _field(
            "standards", gettext_lazy("检查内容及要求"), "检查内容及要求 检查内容 检查标准 内容及要求", _lines
        ),
        _field(
            "frequency", gettext_lazy("频次比例"), "比例频次 抽查比例 检查频次 检查频次（上限） 频次", _text
        ),
        _field("remark", gettext_lazy("备注"), "备注 说明", _text),
    ),
    _complete,
    lambda values: str(values.get("name", ""))[:64],
)


def register() -> None:
    """Let the readers of lists know these columns; called once at start-up."""
    FIELDS[REGISTER] = SUPERIOR_ITEMS
