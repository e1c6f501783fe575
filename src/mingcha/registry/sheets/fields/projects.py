"""工程建设项目: what is built, for whom, by whom (item RS16)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from mingcha.registry.sheets.fields.common import (
    ADDRESS,
    CONTACT_NAME,
    CONTACT_PHONE,
    CREDIT_CODE,
    DIVISION,
    TOWN,
    day_field,
    key_of,
    name_field,
    ordered_days,
    text_field,
    words,
)
from mingcha.registry.sheets.fields.subjects import COUNTS, complete_subject
from mingcha.registry.sheets.model import FieldSpec, Known, Problem, RegisterFields, Values
from mingcha.registry.sheets.numbers import parse_yuan
from mingcha.registry.sheets.texts import parse_list

_PROJECT_FIELDS: Final = (
    name_field(
        gettext_lazy("工程名称"),
        """
        工程名称 项目名称 工程项目名称 建设项目名称 在建项目名称 名称 工程 项目 标段名称
        """,
    ),
    text_field(
        "permit_number",
        gettext_lazy("施工许可证号"),
        """
        施工许可证号 施工许可证编号 施工许可证 许可证号 施工许可编号 建筑工程施工许可证编号
        建筑工程施工许可证号
        """,
        60,
    ),
    name_field(
        gettext_lazy("建设单位"),
        "建设单位 建设单位名称 业主 业主单位 发包单位 甲方 开发单位",
        False,
        "owner_name",
    ),
    FieldSpec(
        "owner_code",
        gettext_lazy("建设单位代码"),
        words("建设单位代码 建设单位统一社会信用代码 建设单位信用代码 业主单位代码"),
        CREDIT_CODE.parse,
    ),
    name_field(
        gettext_lazy("施工总承包单位"),
        """
        施工总承包单位 总承包单位 施工单位 总包单位 施工总承包企业 总承包企业 施工单位名称 承包单位
        总承包单位名称 施工企业
        """,
        False,
        "contractor_name",
    ),
    FieldSpec(
        "contractor_code",
        gettext_lazy("施工总承包单位代码"),
        words("""
        施工总承包单位代码 总承包单位统一社会信用代码 施工单位统一社会信用代码 施工单位代码 总包单位代码
        施工总承包单位统一社会信用代码 总包单位统一社会信用代码
        """),
        CREDIT_CODE.parse,
    ),
    FieldSpec(
        "amount_yuan",
        gettext_lazy("合同造价（元）"),
        words("""
        合同造价 合同价 工程造价 合同金额 造价 中标价 合同价款 工程合同价 投资额 总投资 工程合同造价
        合同总价
        """),
        parse_yuan,
        repeats=True,
        money=True,
    ),
    day_field(
        "started_on",
        gettext_lazy("开工日期"),
        "开工日期 开工时间 实际开工日期 合同开工日期 计划开工日期",
        past=False,
    ),
    day_field(
        "planned_end",
        gettext_lazy("计划竣工日期"),
        """
        计划竣工日期 竣工日期 计划竣工时间 预计竣工日期 合同竣工日期 竣工时间 预计完工时间
        """,
        past=False,
    ),
    ADDRESS,
    DIVISION,
    TOWN,
    *COUNTS,
    FieldSpec("tags", gettext_lazy("标签"), words("标签 分类标签 分类"), parse_list, repeats=True),
    CONTACT_NAME,
    CONTACT_PHONE,
)


def complete_project(values: Values, known: Known) -> list[Problem]:
    """As for other subjects; its kind is given."""
    values["kind"] = "project"
    for field in ("old_number", "code_warnings"):  # of owner or contractor, not of the project
        values.pop(field, None)
    return ordered_days(values, "started_on", "planned_end") + complete_subject(values, known)


PROJECTS: Final = RegisterFields(
    "projects",
    gettext_lazy("工程建设项目"),
    _PROJECT_FIELDS,
    complete_project,
    lambda values: key_of(values.get("permit_number") or values.get("name", "")),
)
