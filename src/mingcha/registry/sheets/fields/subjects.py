"""检查对象: enterprises, households, co-operatives and other bodies."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.registry.sheets.codes import kind_of_code, parse_old_number
from mingcha.registry.sheets.fields.common import (
    ADDRESS,
    CONTACT_NAME,
    CONTACT_PHONE,
    CREDIT_CODE,
    DIVISION,
    NAME,
    TOWN,
    day_field,
    name_field,
    not_in_the_future,
    parse_grade,
    subject_key,
    text_field,
    whole_row,
    words,
)
from mingcha.registry.sheets.fields.words import KINDS, REGISTRATIONS, kind_of_form
from mingcha.registry.sheets.model import FieldSpec, Known, Label, Parsed, Problem, RegisterFields, Values
from mingcha.registry.sheets.normalise import clean, half_width, is_placeholder
from mingcha.registry.sheets.numbers import parse_capital, parse_count
from mingcha.registry.sheets.texts import parse_choice, parse_list

_INDUSTRY: Final = re.compile(r"(?P<letter>[A-T])?\s*(?P<digits>\d{2,4})?(?![0-9A-Za-z])")
_NAMES_NOBODY: Final = frozenset(["合计", "总计", "小计", "共计", "测试", "test", "企业名称", "单位名称"])
_ASKED_KIND = parse_choice(
    KINDS, "企业、个体工商户、农民专业合作社、民办非企业单位、机关事业单位、工程建设项目", "warning"
)


def parse_kind(text: str) -> Parsed:
    """The kind of subject; a legal form (有限责任公司) in its place is understood as well."""
    parsed = _ASKED_KIND(text)
    if parsed.problems and (kind := kind_of_form(clean(text))):
        return Parsed(kind)
    return parsed


def parse_industry(text: str) -> Parsed:
    """A class of GB/T 4754 as its digits (I6510 → 6510) or its section letter; a name goes to
    `industry_name`, for whoever knows the table."""
    cleaned = half_width(clean(text))
    if is_placeholder(cleaned):
        return Parsed()
    found = _INDUSTRY.match(cleaned[:1].upper() + cleaned[1:])
    if found and (code := found["digits"] or found["letter"]):
        return Parsed(code)
    return Parsed("", (), {"industry_name": cleaned[:100]})


def _grade(code: str, system: str, label: Label, synonyms: str) -> FieldSpec:
    return FieldSpec(code, label, words(synonyms), parse_grade(system), repeats=True)


def _count(code: str, label: Label, synonyms: str) -> FieldSpec:
    return FieldSpec(code, label, words(synonyms), parse_count, repeats=True)


COUNTS: Final = (
    _count(
        "workers",
        gettext_lazy("用工人数"),
        """
        用工人数 职工人数 从业人数 员工人数 从业人员数 从业人员 职工总数 员工总数 用工总数 在岗职工人数
        在岗人数 用工总人数 人数 用工人数/总数 用工人数/合计 用工人数/小计 用工数 职工数 员工数 企业人数
        在职人数 在职职工人数 劳动者人数 用工规模
        """,
    ),
    _count(
        "insured",
        gettext_lazy("参保人数"),
        """
        参保人数 参加社会保险人数 社保人数 参保职工人数 缴费人数 社保参保人数 养老保险参保人数
        用工人数/参保 用工人数/参保人数 用工人数/其中参保 其中参保人数 其中参保 已参保人数 参保数
        """,
    ),
    _count(
        "dispatched",
        gettext_lazy("派遣用工人数"),
        """
        派遣用工人数 派遣人数 劳务派遣人数 劳务派遣用工人数 被派遣劳动者人数 用工人数/派遣
        用工人数/劳务派遣 用工人数/其中派遣 使用派遣工人数 派遣工人数 其中派遣人数 派遣员工数 劳务派遣工
        """,
    ),
    day_field(
        "counted_on",
        gettext_lazy("人数统计日期"),
        """
        人数统计日期 统计日期 统计时间 数据日期 截止时间 统计截止日期 时点 统计时点
        """,
    ),
)

_SUBJECT_FIELDS: Final = (
    NAME,
    CREDIT_CODE,
    FieldSpec(
        "kind",
        gettext_lazy("类型"),
        words("""
        主体类型 检查对象类型 对象类型 主体类别 对象类别 单位类别 市场主体类别 经营主体类型 单位性质
        类别 性质
        """),
        parse_kind,
        repeats=True,
        note=gettext_lazy("没有这一列时，依次看企业类型和信用代码前两位"),
    ),
    FieldSpec(
        "old_number",
        gettext_lazy("原注册号"),
        words("""
        原注册号 注册号 旧注册号 工商登记号 登记号 原营业执照号 登记证号 注册登记号 社保登记证号
        """),
        parse_old_number,
    ),
    FieldSpec(
        "registration",
        gettext_lazy("登记状态"),
        words("""
        登记状态 经营状态 企业状态 主体状态 状态 市场主体状态 存续状态 企业登记状态 营业状态 注册状态
        工商状态 当前状态 生产经营状态
        """),
        parse_choice(REGISTRATIONS, "存续、歇业、停业、清算、吊销、撤销、注销、迁出", "warning"),
        repeats=True,
    ),
    day_field(
        "registered_on",
        gettext_lazy("成立日期"),
        """
        成立日期 注册日期 成立时间 注册时间 登记日期 核准日期 开业日期 设立日期 设立时间 登记时间
        注册登记日期 首次登记日期 核准时间 开业时间 发照日期
        """,
    ),
    day_field(
        "registration_since",
        gettext_lazy("登记状态变更日期"),
        """
        登记状态变更日期 注销日期 吊销日期 迁出日期 注销时间 吊销时间 状态变更日期 注吊销日期
        注（吊）销日期
        """,
    ),
    text_field(
        "legal_form",
        gettext_lazy("企业类型"),
        """
        企业类型 企业（机构）类型 类型 市场主体类型 公司类型 登记类型 组织形式 经济类型 企业性质
        经济性质 登记注册类型 单位类型 机构类型 注册类型
        """,
        100,
        repeats=True,
    ),
    FieldSpec(
        "capital_text",
        gettext_lazy("注册资本"),
        words("""
        注册资本 注册资金 注册资本（金） 注册资本金 资金数额 出资额 成员出资总额 开办资金 认缴出资额
        资本 资金数额/注册资本
        """),
        parse_capital,
        repeats=True,
        money=True,
    ),
    text_field(
        "scope",
        gettext_lazy("经营范围"),
        """
        经营范围 业务范围 经营业务范围 主营业务 经营项目 经营（业务）范围 经营范围及方式 宗旨和业务范围
        """,
        20_000,
    ),
    ADDRESS,
    DIVISION,
    TOWN,
    FieldSpec(
        "industry_code",
        gettext_lazy("行业代码"),
        words("""
        行业代码 行业 国民经济行业 所属行业 行业类别 行业分类 国民经济行业代码 国民经济行业分类 行业门类
        行业名称 所属行业代码 行业小类 行业类型 主要行业
        """),
        parse_industry,
        repeats=True,
        note=gettext_lazy("GB/T 4754 代码或名称"),
    ),
    *COUNTS,
    _grade(
        "grade_hrss",
        "hrss",
        gettext_lazy("守法诚信等级"),
        """
        守法诚信等级 劳动保障守法诚信等级 诚信等级 劳动保障诚信等级 守法等级 守法诚信等级评价
        劳动保障守法诚信等级评价结果
        """,
    ),
    _grade(
        "grade_market",
        "market",
        gettext_lazy("市监信用风险等级"),
        """
        市监信用风险等级 信用风险等级 信用风险分类 企业信用风险分类 企业信用风险等级 风险等级
        信用风险类别 信用分类 信用等级
        """,
    ),
    _grade(
        "grade_dispatch",
        "dispatch",
        gettext_lazy("劳务派遣信用等级"),
        "劳务派遣信用等级 派遣信用等级 劳务派遣单位信用等级",
    ),
    FieldSpec(
        "tags",
        gettext_lazy("标签"),
        words("标签 分类标签 监管标签 重点标签 监管类别 分类 重点监管类别"),
        parse_list,
        repeats=True,
    ),
    name_field(
        gettext_lazy("曾用名"),
        "曾用名 曾用名称 原名称 原名 变更前名称 原企业名称",
        required=False,
        code="former_name",
    ),
    CONTACT_NAME,
    CONTACT_PHONE,
)


def complete_subject(values: Values, known: Known) -> list[Problem]:
    """Fill in what follows from other values: kind, industry, a suggested town; say what is doubtful."""
    problems: list[Problem] = []
    name = values.get("name", "")
    if name and (len(name) < 2 or name in _NAMES_NOBODY or name.isascii() and name.isdecimal()):
        problems.append(
            whole_row(_("“%(name)s”不像单位名称，请核对") % {"name": name}, "error", "name", name)
        )
    if "kind" not in values and (
        kind := kind_of_form(values.get("legal_form", "")) or kind_of_code(values.get("credit_code", ""))
    ):
        values["kind"] = kind
    if "registered_on" in values or "registration_since" in values or "counted_on" in values:
        problems += not_in_the_future(values, known, "registered_on", "registration_since", "counted_on")
    if "industry_name" in values:
        problems += _industry(values, known)
    if known.towns and "town" not in values and "address" in values:
        problems += _town(values, known)
    if "workers" in values and values.get("insured", 0) > values["workers"]:
        problems.append(
            whole_row(_("参保人数多于用工人数，请核对"), "warning", "insured", str(values["insured"]))
        )
    return problems


def _industry(values: Values, known: Known) -> list[Problem]:
    """The class that bears the name, where the table of the installation has exactly it."""
    name = values.pop("industry_name")
    if code := known.industries.get(name) or known.industries.get(name.removesuffix("业")):
        values.setdefault("industry_code", code)
        return []
    return [
        whole_row(_("行业分类中没有这个名称，未登记行业；请填写行业代码"), "warning", "industry_code", name)
    ]


def _town(values: Values, known: Known) -> list[Problem]:
    """A town whose name stands in the address, as a suggestion: never out of a code."""
    town = _town_in(values["address"], known.towns)
    if not town:
        return []
    values["town"] = town
    reason = _("没有乡镇街道一列，按地址中的“%(town)s”登记，请核对")
    return [whole_row(reason % {"town": town}, "warning", "town", values["address"])]


@lru_cache(maxsize=64)
def _town_pattern(towns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(towns, key=len, reverse=True))))


def _town_in(address: str, towns: tuple[str, ...]) -> str:
    found = _town_pattern(towns).search(address)
    return found[0] if found else ""


SUBJECTS: Final = RegisterFields(
    "subjects", gettext_lazy("检查对象"), _SUBJECT_FIELDS, complete_subject, subject_key
)
