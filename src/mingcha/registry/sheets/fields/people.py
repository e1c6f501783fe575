"""执法检查人员: who inspects, with certificate and specialties."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.registry.sheets.fields.common import (
    VALID_FROM,
    VALID_UNTIL,
    VALIDITY,
    day_field,
    key_of,
    ordered_days,
    text_field,
    whole_row,
    words,
)
from mingcha.registry.sheets.fields.words import INSPECTOR_KINDS, INSPECTOR_STATES, LEAVE_KINDS
from mingcha.registry.sheets.model import FieldSpec, Known, Problem, RegisterFields, Values
from mingcha.registry.sheets.numbers import parse_count
from mingcha.registry.sheets.texts import parse_choice, parse_list, parse_name

CERTIFICATE: Final = """
        执法证件号码 执法证号 执法证件号 执法证编号 行政执法证号 证件号码 证号 执法证 行政执法证件号码
        执法证件编号 监察证号 劳动保障监察证号 证件编号
        """

_FIELDS: Final = (
    FieldSpec(
        "name",
        gettext_lazy("姓名"),
        words("姓名 人员姓名 执法人员姓名 检查人员姓名 执法人员 检查人员 名字"),
        parse_name(50),
        required=True,
    ),
    FieldSpec(
        "kind",
        gettext_lazy("人员类别"),
        words("人员类别 人员类型 类别 人员性质 身份 人员身份"),
        parse_choice(INSPECTOR_KINDS, "执法人员、专家、协助人员"),
        repeats=True,
    ),
    text_field(
        "unit",
        gettext_lazy("所在股室"),
        """
        所在股室 股室 科室 部门 所在部门 所属部门 所在科室 单位 所在单位 所属股室 工作单位 执法单位
        所属科室 执法机构 处室
        """,
        100,
    ),
    text_field("post", gettext_lazy("职务"), "职务 职务（职称） 职位 职称 职务职级 职级 行政职务", 50),
    text_field("duties", gettext_lazy("岗位职责"), "岗位职责 职责 岗位 工作职责 分管工作 工作岗位", 200),
    text_field("certificate_number", gettext_lazy("执法证件号码"), CERTIFICATE, 40),
    text_field("authority", gettext_lazy("发证机关"), "发证机关 发证单位 颁发机关 核发机关 发证部门", 100),
    text_field(
        "field", gettext_lazy("执法类别"), "执法类别 执法领域 执法种类 执法范围 执法门类 执法类型", 100
    ),
    text_field("territory", gettext_lazy("执法区域"), "执法区域 执法地域 执法辖区 执法地区", 100),
    VALID_FROM,
    VALID_UNTIL,
    VALIDITY,
    FieldSpec(
        "specialties",
        gettext_lazy("业务专长"),
        words("业务专长 专长 专业 专业特长 专业领域 业务领域 特长 擅长领域 专业类别"),
        parse_list,
        repeats=True,
    ),
    text_field("scope", gettext_lazy("岗位权限"), "岗位权限 权限 检查权限 可检查事项 执法权限 权限范围", 200),
    FieldSpec(
        "yearly_limit",
        gettext_lazy("每年至多检查户次"),
        words("""
        每年至多检查户次 年度上限 年检查上限 每年上限 年度检查上限 检查户次上限
        """),
        parse_count,
        repeats=True,
    ),
    FieldSpec(
        "status",
        gettext_lazy("状态"),
        words("状态 在岗状态 人员状态 年审状态 证件状态 在职状态 是否在岗"),
        parse_choice(INSPECTOR_STATES | {"是": "active", "否": "left"}, "在岗、暂停执法、证件年审未过、离岗"),
        repeats=True,
    ),
)


def _complete(values: Values, known: Known) -> list[Problem]:
    """执法人员 have a certificate with both dates (54号 E8); without a number or kind, nobody is one."""
    problems = ordered_days(values, "valid_from", "valid_until")
    if values.setdefault("kind", "certified") == "certified":
        missing = {
            "certificate_number": _("执法证件号码"),
            "valid_from": _("证件有效期自"),
            "valid_until": _("证件有效期至"),
        }
        problems += [
            whole_row(
                _("执法人员必须有%(what)s；专家和协助人员请在“人员类别”列注明") % {"what": what},
                "error",
                field,
            )
            for field, what in missing.items()
            if field not in values
        ]
    if known.today and values.get("valid_until", "9999") < known.today:
        problems.append(
            whole_row(_("证件已过有效期，不能参加抽取"), "warning", "valid_until", values["valid_until"])
        )
    return problems


INSPECTORS: Final = RegisterFields(
    "inspectors",
    gettext_lazy("执法检查人员"),
    _FIELDS,
    _complete,
    lambda values: key_of(
        values.get("certificate_number") or f"{values.get('name', '')}/{values.get('unit', '')}"
    ),
)

_LEAVE_FIELDS: Final = (
    FieldSpec(
        "name",
        gettext_lazy("姓名"),
        words("姓名 人员姓名 执法人员姓名 检查人员姓名 执法人员 检查人员 请假人 休假人员 名字"),
        parse_name(50),
        required=True,
    ),
    text_field("certificate_number", gettext_lazy("执法证件号码"), CERTIFICATE, 40),
    FieldSpec(
        "kind",
        gettext_lazy("种类"),
        words("种类 请假种类 请假类型 休假类型 假别 类型 类别 事由 离岗事由 原因"),
        parse_choice(LEAVE_KINDS, "休假、培训学习、借调抽调、其他", "warning"),
        repeats=True,
        note=gettext_lazy("不写按休假登记；具体原因不必写"),
    ),
    day_field(
        "first_day",
        gettext_lazy("自"),
        "自 起 开始日期 起始日期 开始时间 起始时间 离岗日期 请假开始日期 休假开始日期 从",
        required=True,
        past=False,
    ),
    day_field(
        "last_day",
        gettext_lazy("至"),
        "至 止 结束日期 截止日期 结束时间 返岗前一日 请假结束日期 休假结束日期 到",
        required=True,
        past=False,
    ),
)

LEAVES: Final = RegisterFields(
    "leaves",
    gettext_lazy("离岗安排"),
    _LEAVE_FIELDS,
    lambda values, known: ordered_days(values, "first_day", "last_day"),
    lambda values: key_of(
        values.get("certificate_number") or values.get("name", ""), values.get("first_day", "")
    ),
)
