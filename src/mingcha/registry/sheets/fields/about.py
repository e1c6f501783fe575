"""Lists about subjects that are registered already: visits, licences, gradings, counts, recusals."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.registry.sheets.dates import parse_first_day
from mingcha.registry.sheets.fields.common import (
    CREDIT_CODE,
    SUBJECT_NAMES,
    VALID_FROM,
    VALID_UNTIL,
    VALIDITY,
    day_field,
    key_of,
    name_field,
    needs_subject,
    not_in_the_future,
    ordered_days,
    parse_grade,
    subject_key,
    text_field,
    whole_row,
    words,
)
from mingcha.registry.sheets.fields.people import CERTIFICATE
from mingcha.registry.sheets.fields.subjects import COUNTS
from mingcha.registry.sheets.fields.words import (
    GRADES,
    LICENCE_KINDS,
    LICENCE_STATES,
    MANNERS,
    RECUSAL_KINDS,
    SYSTEMS,
    VISIT_KINDS,
)
from mingcha.registry.sheets.model import Fault, FieldSpec, Known, Parsed, Problem, RegisterFields, Values
from mingcha.registry.sheets.normalise import clean, half_width, is_placeholder
from mingcha.registry.sheets.texts import parse_choice, parse_name, parse_yes_no

_WHICH: Final = (name_field(gettext_lazy("单位名称"), SUBJECT_NAMES, required=False), CREDIT_CODE)

_VISIT_FIELDS: Final = (
    *_WHICH,
    replace(
        day_field(
            "visited_on",
            gettext_lazy("日期"),
            """
            检查日期 检查时间 入企日期 入企时间 日期 时间 实施日期 检查实施日期 现场检查日期 走访日期
            实际检查日期 抽查日期 抽查时间 检查完成日期
            """,
            required=True,
        ),
        parse=parse_first_day,
    ),
    FieldSpec(
        "kind",
        gettext_lazy("检查类型"),
        words("检查类型 检查类别 检查种类 类型 入企类型 检查性质 任务类型 抽查类型"),
        parse_choice(VISIT_KINDS, "日常检查、个案检查、专项检查、非执法入企", "warning"),
        repeats=True,
    ),
    FieldSpec(
        "manner",
        gettext_lazy("检查方式"),
        words("检查方式 方式 抽查方式 检查形式"),
        parse_choice(MANNERS, "现场、非现场", "warning"),
        repeats=True,
    ),
    text_field(
        "unit_name",
        gettext_lazy("检查部门"),
        """
        检查部门 检查机关 检查单位 实施部门 检查主体 执法部门 执法单位 实施单位 检查科室 检查股室 股室
        部门 牵头部门 执法机关 入企部门
        """,
        100,
    ),
    FieldSpec(
        "own_bureau", gettext_lazy("本局检查"), words("本局检查 是否本局 本局"), parse_yes_no, repeats=True
    ),
    text_field(
        "together", gettext_lazy("联合检查编号"), "联合检查编号 联合编号 联合检查号 任务编号 抽查任务编号", 60
    ),
    text_field(
        "plan_task",
        gettext_lazy("计划任务"),
        "计划任务 计划任务编号 抽查计划编号 计划编号 年度计划编号 抽查计划 年度计划任务 所属计划任务",
        100,
    ),
    text_field(
        "items",
        gettext_lazy("检查事项"),
        """
        检查事项 检查内容 抽查事项 事项 检查事项名称 任务名称 检查项目 入企事由 事由
        """,
        300,
        cut=True,
    ),
    text_field(
        "outcome",
        gettext_lazy("检查结果"),
        "检查结果 结果 抽查结果 检查情况 处理结果 检查结论 抽查检查结果",
        200,
        cut=True,
    ),
    text_field(
        "document_number",
        gettext_lazy("文书号"),
        """
        文书号 文号 通知书文号 文书编号 检查通知书编号 检查通知书文号 通知书编号
        """,
        80,
    ),
    text_field(
        "exempt_reason",
        gettext_lazy("不计入频次上限的理由"),
        "不计入频次上限的理由 豁免理由 不计入理由 豁免原因 不计频次理由",
        100,
    ),
)


def _complete_visit(values: Values, known: Known) -> list[Problem]:
    return needs_subject(values) + not_in_the_future(values, known, "visited_on")


VISITS: Final = RegisterFields(
    "visits",
    gettext_lazy("入企记录"),
    _VISIT_FIELDS,
    _complete_visit,
    lambda values: key_of(
        subject_key(values),
        values.get("visited_on", ""),
        values.get("unit_name", ""),
        values.get("items", ""),
    ),
)

_LICENCE_FIELDS: Final = (
    *_WHICH,
    FieldSpec(
        "kind",
        gettext_lazy("许可种类"),
        words("""
        许可种类 许可类型 许可名称 许可类别 证照类型 许可证名称 证件类型 种类 类型 许可备案类型
        许可证类型 许可事项
        """),
        parse_choice(
            LICENCE_KINDS,
            "劳务派遣经营许可、人力资源服务许可、人力资源服务备案、民办职业培训学校办学许可、其他",
        ),
        required=True,
        repeats=True,
    ),
    text_field(
        "number",
        gettext_lazy("证号"),
        """
        证号 许可证号 许可证编号 许可编号 备案编号 备案号 许可证书编号 编号 证书编号 许可文号 许可证号码
        证照编号 办学许可证号
        """,
        60,
        required=True,
    ),
    text_field(
        "authority",
        gettext_lazy("发证机关"),
        "发证机关 许可机关 发证单位 审批机关 备案机关 颁发机关 发证部门",
        100,
    ),
    VALID_FROM,
    VALID_UNTIL,
    VALIDITY,
    FieldSpec(
        "state",
        gettext_lazy("状态"),
        words("状态 许可状态 证件状态 许可证状态 证照状态"),
        parse_choice(LICENCE_STATES, "有效、暂停、吊销撤销、注销", "warning"),
        repeats=True,
    ),
)

LICENCES: Final = RegisterFields(
    "licences",
    gettext_lazy("许可备案"),
    _LICENCE_FIELDS,
    lambda values, known: needs_subject(values) + ordered_days(values, "valid_from", "valid_until"),
    lambda values: key_of(values.get("kind", ""), values.get("number", "")),
)


def parse_year(text: str) -> Parsed:
    """A year of four digits, e.g. 2025, 2025年, 2025年度."""
    cleaned = half_width(clean(text))
    if is_placeholder(cleaned):
        return Parsed()
    found = re.fullmatch(r"((?:19|20)\d\d)\s*(?:年|年度)?", cleaned)
    return Parsed(int(found[1])) if found else Parsed("", (Fault(_("看不懂这个年度，请写成 2025"), "error"),))


_GRADING_FIELDS: Final = (
    *_WHICH,
    FieldSpec(
        "system",
        gettext_lazy("等级体系"),
        words("等级体系 评价体系 体系 评价类型 等级类型 评价种类"),
        parse_choice(SYSTEMS, "守法诚信等级、企业信用风险分类、劳务派遣信用等级"),
        required=True,
        repeats=True,
    ),
    FieldSpec(
        "grade",
        gettext_lazy("等级"),
        words("""
        等级 评价等级 评定等级 信用等级 守法诚信等级 诚信等级 劳动保障守法诚信等级 信用风险等级
        信用风险分类 风险等级 评价结果 等级评价 等级评定 评级
        """),
        parse_grade(),
        required=True,
        repeats=True,
    ),
    FieldSpec(
        "year",
        gettext_lazy("评价年度"),
        words("评价年度 年度 评定年度 所属年度 年份 评价年份"),
        parse_year,
        required=True,
        repeats=True,
    ),
    day_field("graded_on", gettext_lazy("评定日期"), "评定日期 评价日期 评定时间 评价时间 认定日期 公布日期"),
    text_field("source", gettext_lazy("来源"), "来源 数据来源 评价机关 评定机关 评定单位", 100),
)


def _complete_grading(values: Values, known: Known) -> list[Problem]:
    problems = needs_subject(values) + not_in_the_future(values, known, "graded_on")
    grades = GRADES.get(values.get("system", ""), ())
    if grades and values.get("grade") and values["grade"] not in grades:
        reason = _("该等级体系没有“%(grade)s”级，只有：%(grades)s")
        params = {"grade": values["grade"], "grades": "、".join(grades)}
        problems.append(whole_row(reason % params, "error", "grade", values["grade"]))
    return problems


GRADINGS: Final = RegisterFields(
    "gradings",
    gettext_lazy("信用等级"),
    _GRADING_FIELDS,
    _complete_grading,
    lambda values: key_of(
        subject_key(values), values.get("system", ""), values.get("year", ""), values.get("graded_on", "")
    ),
)


def _complete_headcount(values: Values, known: Known) -> list[Problem]:
    problems = needs_subject(values) + not_in_the_future(values, known, "counted_on")
    if not {"workers", "insured", "dispatched"} & values.keys():
        problems.append(whole_row(_("没有任何人数：用工、参保、派遣至少填一项"), "error", "workers"))
    if "counted_on" not in values:
        problems.append(whole_row(_("没有统计日期；可以在导入选项中为整份名单填写"), "error", "counted_on"))
    return problems


HEADCOUNTS: Final = RegisterFields(
    "headcounts",
    gettext_lazy("人数"),
    (*_WHICH, *COUNTS, text_field("source", gettext_lazy("来源"), "来源 数据来源", 100)),
    _complete_headcount,
    lambda values: key_of(subject_key(values), values.get("counted_on", ""), values.get("source", "")),
)

_RECUSAL_FIELDS: Final = (
    *_WHICH,
    FieldSpec(
        "inspector_name",
        gettext_lazy("回避人员"),
        words("""
        回避人员 检查人员 执法人员 姓名 人员姓名 执法人员姓名 应回避人员 检查人员姓名 回避人
        """),
        parse_name(50),
        required=True,
    ),
    text_field("certificate_number", gettext_lazy("执法证件号码"), CERTIFICATE, 40),
    FieldSpec(
        "kind",
        gettext_lazy("回避事由"),
        words("""
        回避事由 事由 回避情形 回避类型 关系 关系类型 回避原因 与该单位关系 与企业关系
        """),
        parse_choice(RECUSAL_KINDS, "近亲属、投资或任职、曾任职、直接利害关系、其他"),
        required=True,
        repeats=True,
    ),
    text_field(
        "basis",
        gettext_lazy("说明与依据"),
        "说明与依据 说明 依据 备注 具体情况 情况说明 具体说明",
        200,
        cut=True,
    ),
    VALID_FROM,
    VALID_UNTIL,
    VALIDITY,
    text_field("declared_by", gettext_lazy("申报人"), "申报人 申请人 提出人 申报单位", 50),
    day_field("declared_on", gettext_lazy("申报日期"), "申报日期 申请日期 提出日期 申报时间"),
)


def _complete_recusal(values: Values, known: Known) -> list[Problem]:
    return (
        needs_subject(values)
        + ordered_days(values, "valid_from", "valid_until")
        + not_in_the_future(values, known, "declared_on")
    )


RECUSALS: Final = RegisterFields(
    "recusals",
    gettext_lazy("回避登记"),
    _RECUSAL_FIELDS,
    _complete_recusal,
    lambda values: key_of(
        subject_key(values),
        values.get("certificate_number") or values.get("inspector_name", ""),
        values.get("kind", ""),
        values.get("valid_from", ""),
    ),
)
