"""Lists of labour disputes and complaints, counted per firm over twelve months."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.registry.sheets.fields.common import (
    CREDIT_CODE,
    SUBJECT_NAMES,
    day_field,
    key_of,
    name_field,
    needs_subject,
    not_in_the_future,
    subject_key,
    text_field,
    whole_row,
    words,
)
from mingcha.registry.sheets.model import FieldSpec, Known, Problem, RegisterFields, Values
from mingcha.registry.sheets.numbers import parse_count

#: How lists of cases call the firm, besides what other lists do.
_NAMES: Final = SUBJECT_NAMES + " 被申请人 被申请单位 被投诉单位 被举报单位 被投诉举报单位 被投诉人"

_FIELDS: Final = (
    name_field(gettext_lazy("单位名称"), _NAMES, required=False),
    CREDIT_CODE,
    FieldSpec(
        "disputes",
        gettext_lazy("近12个月劳动争议案件数"),
        words("""
        近12个月劳动争议案件数 劳动争议案件数 劳动争议件数 劳动争议数 劳动争议 争议案件数 仲裁案件数 仲裁件数
        劳动人事争议案件数 劳动仲裁案件数 劳动仲裁 劳资纠纷 劳资纠纷数 劳资纠纷件数 劳动纠纷件数
        """),
        parse_count,
        repeats=True,
    ),
    FieldSpec(
        "complaints",
        gettext_lazy("近12个月投诉举报件数"),
        words("""
        近12个月投诉举报件数 投诉举报件数 投诉举报数 投诉举报 投诉举报量 投诉件数 投诉数 投诉量 投诉次数
        投诉举报次数 举报投诉件数 举报投诉 被投诉次数 被投诉件数 投诉举报案件数
        """),
        parse_count,
        repeats=True,
    ),
    day_field(
        "counted_on",
        gettext_lazy("统计截至"),
        "统计截至 统计截止 统计截至日期 统计截止日期 截至日期 截止日期 截止时间 统计日期 统计时间 数据日期",
    ),
    text_field("source", gettext_lazy("来源"), "来源 数据来源 统计单位", 100),
)


def _complete(values: Values, known: Known) -> list[Problem]:
    problems = needs_subject(values) + not_in_the_future(values, known, "counted_on")
    if not {"disputes", "complaints"} & values.keys():
        problems.append(whole_row(_("没有任何件数：劳动争议、投诉举报至少填一项"), "error", "disputes"))
    if "counted_on" not in values:
        problems.append(whole_row(_("没有统计截至日期，不知道是哪 12 个月的件数"), "error", "counted_on"))
    return problems


CASES: Final = RegisterFields(
    "cases",
    gettext_lazy("劳动争议和投诉举报件数"),
    _FIELDS,
    _complete,
    lambda values: key_of(subject_key(values), values.get("counted_on", ""), values.get("source", "")),
)
