"""Fields that several registers share, and identities of rows."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.registry.sheets.codes import parse_credit_code
from mingcha.registry.sheets.dates import parse_day, parse_past_day, parse_period
from mingcha.registry.sheets.fields.words import GRADES
from mingcha.registry.sheets.model import Fault, FieldSpec, Known, Label, Parse, Parsed, Problem, Values
from mingcha.registry.sheets.normalise import clean, half_width, is_placeholder, name_form
from mingcha.registry.sheets.texts import parse_name, parse_phone, parse_text

_LONGEST_KEY: Final = 64
_CODE18: Final = """
        统一社会信用代码 社会信用代码 信用代码 统一代码 统一信用代码 机构代码 社会统一信用代码
        统一社会信用代码证号 统一社会信用号码 信用码 代码
        """
_GRADE: Final = re.compile(
    r"(?:守法|信用|诚信|风险)*(?:等级|级别|类别|分类)?[:：]?([A-DＡ-Ｄ]\+?)[级类]?(?:企业|单位)?"
)
_GRADE_WORDS: Final = {
    "一级": "A",
    "二级": "B",
    "三级": "C",
    "守信": "A",
    "低风险": "A",
    "一般风险": "B",
    "中风险": "B",
    "较高风险": "C",
    "高风险": "D",
}


def words(text: str) -> tuple[str, ...]:
    """Headings separated by blanks."""
    return tuple(text.split())


def name_field(label: Label, synonyms: str, required: bool = True, code: str = "name") -> FieldSpec:
    return FieldSpec(code, label, words(synonyms), parse_name(200), required=required)


SUBJECT_NAMES: Final = """
        企业名称 单位名称 企业（机构）名称 用人单位名称 用人单位 市场主体名称 经营主体名称 主体名称
        检查对象名称 检查对象 被检查单位 被检查企业 被检查单位名称 抽查对象 抽查对象名称 被检单位
        公司名称 机构名称 商户名称 字号名称 个体工商户名称 合作社名称 单位全称 企业全称 名称 企业 单位
        公司 参保单位 参保单位名称 用工单位 用工单位名称 缴费单位名称 纳税人名称 被监管对象 对象名称
        行政相对人名称 相对人名称
        """

NAME: Final = name_field(gettext_lazy("名称"), SUBJECT_NAMES)
CREDIT_CODE: Final = FieldSpec(
    "credit_code",
    gettext_lazy("统一社会信用代码"),
    words(
        _CODE18
        + """ 统一社会信用代码/注册号 统一社会信用代码或注册号 注册号/统一社会信用代码 营业执照号
        营业执照号码 营业执照编号 营业执照注册号 工商注册号 纳税人识别号 税号 组织机构代码 企业代码
        单位代码 检查对象代码 USCC
        """
    ),
    parse_credit_code,
    note=gettext_lazy("18位；15位旧注册号、9位组织机构代码会登记为原注册号"),
)

DIVISION: Final = FieldSpec(
    "division_code",
    gettext_lazy("属地区划代码"),
    words("""
        属地区划代码 区划代码 行政区划代码 行政区划 区划 属地代码 所属区划代码
        """),
    lambda text: parse_division(text),
    note=gettext_lazy("6位或更长的区划代码，例如 130111；不能由信用代码推断"),
    repeats=True,
)
TOWN: Final = FieldSpec(
    "town",
    gettext_lazy("乡镇街道"),
    words(
        """
        乡镇街道 乡镇 街道 镇街 所属街道 所属乡镇 所属镇街 所在乡镇 所在街道 乡镇（街道） 乡镇/街道
        镇（街） 街镇 乡镇办 街道办 街道（乡镇） 所属区域 属地 所在地 片区 辖区
        """
    ),
    parse_text(50),
    repeats=True,
)
ADDRESS: Final = FieldSpec(
    "address",
    gettext_lazy("地址"),
    words(
        """
        地址 注册地址 住所 经营场所 住所（经营场所） 经营地址 企业地址 单位地址 详细地址 营业场所
        主要经营场所 实际经营地址 生产经营地址 企业住所 登记地址 通讯地址 办公地址 注册地 地点 工程地点
        项目地址 建设地点 施工地点 联系地址
        """
    ),
    parse_text(300, cut=True),
)
CONTACT_NAME: Final = FieldSpec(
    "contact_name",
    gettext_lazy("联系人"),
    words("""
        联系人 联系人姓名 法定代表人 法定代表人（负责人） 法人代表 法人 法定代表人/负责人 负责人
        负责人姓名 经营者 经营者姓名 企业负责人 单位负责人 企业联系人 劳资负责人 劳资员 人事负责人
        项目负责人 项目经理
        """),
    parse_name(50),
    personal=True,
)
CONTACT_PHONE: Final = FieldSpec(
    "contact_phone",
    gettext_lazy("联系电话"),
    words("""
        联系电话 电话 联系方式 手机 手机号 手机号码 电话号码 联系人电话 负责人电话 法人电话
        法定代表人电话 移动电话 固定电话 企业电话 单位电话 企业联系电话 联系人手机 联系人联系方式
        法人联系方式 办公电话
        """),
    parse_phone,
    personal=True,
)
VALIDITY: Final = FieldSpec(
    "validity",
    gettext_lazy("有效期（起止写在一格）"),
    words(
        """
        有效期 有效期限 证件有效期 许可期限 许可有效期 许可证有效期 起止日期 有效期起止 起止时间
        有效日期
        """
    ),
    parse_period,
    repeats=True,
)


def day_field(code: str, label: Label, synonyms: str, required: bool = False, past: bool = True) -> FieldSpec:
    """A day; `past`: one long ago is doubtful too."""
    parse = parse_past_day if past else parse_day
    return FieldSpec(code, label, words(synonyms), parse, required=required, repeats=True, day=True)


def text_field(
    code: str,
    label: Label,
    synonyms: str,
    longest: int,
    required: bool = False,
    cut: bool = False,
    repeats: bool = False,
) -> FieldSpec:
    return FieldSpec(code, label, words(synonyms), parse_text(longest, cut), required, repeats=repeats)


VALID_FROM: Final = day_field(
    "valid_from",
    gettext_lazy("有效期自"),
    """
        有效期自 有效期起 有效期开始 有效期起始日期 生效日期 发证日期 起始日期 开始日期 有效期始
        证件有效期自 有效期从 颁发日期 自 起 批准日期 许可日期 发证时间
        """,
)
VALID_UNTIL: Final = day_field(
    "valid_until",
    gettext_lazy("有效期至"),
    """
        有效期至 有效期止 有效期结束 有效期截止日期 截止日期 到期日期 到期日 失效日期 结束日期
        证件有效期至 有效期到 届满日期 至 止 到期时间 有效期限至 有效截止日期
        """,
    past=False,
)


def parse_division(text: str) -> Parsed:
    """A code of 6, 9 or 12 digits (also with the name in front); towns and names alone are not codes."""
    cleaned = half_width(clean(text))
    if is_placeholder(cleaned):
        return Parsed()
    found = re.search(r"(?<!\d)(\d{12}|\d{9}|\d{6})(?!\d)", cleaned)
    if not found:
        return Parsed("", (Fault(_("不是区划代码，请填写6位、9位或12位数字")),))
    return Parsed(found[1])


def parse_grade(system: str = "") -> Parse:
    """A grade, alone or in words (A级, 信用等级：B); `system` says which grades there are."""
    allowed = GRADES.get(system, ("A+", "A", "B", "C", "D"))

    def parse(text: str) -> Parsed:
        cleaned = half_width(clean(text)).upper().replace(" ", "")
        if is_placeholder(cleaned) or cleaned in {"未评级", "未评", "未评定", "未参评", "不评级"}:
            return Parsed()
        found = _GRADE.fullmatch(cleaned)
        grade = found[1] if found else _GRADE_WORDS.get(cleaned, "")
        if grade in allowed:
            return Parsed(grade)
        reason = _("不是该体系的等级，可填：%(grades)s") % {"grades": "、".join(allowed)}
        return Parsed("", (Fault(reason, "error"),))

    return parse


def key_of(*parts: Any) -> str:
    """One identity out of several texts; a long one is shortened by a digest."""
    text = "|".join(name_form(str(part)) for part in parts)
    if not text.strip("|"):
        return ""
    if len(text) <= _LONGEST_KEY:
        return text
    return text[:31] + "#" + hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def subject_key(values: Values) -> str:
    """By code, else by old number, else by name."""
    code: str = values.get("credit_code", "")
    return code or key_of(values.get("old_number") or values.get("name", ""))


def whole_row(reason: str, severity: Any, field: str = "", value: str = "") -> Problem:
    """A problem that no single cell has; the reader puts the heading in where `field` has a column."""
    return Problem("", value, reason, severity, field)


def needs_subject(values: Values) -> list[Problem]:
    """A row about a subject must say which one, by code or by name."""
    if values.get("name") or values.get("credit_code") or values.get("old_number"):
        return []
    return [whole_row(_("没有填写单位名称，也没有统一社会信用代码，不知道是哪个检查对象"), "error", "name")]


def ordered_days(values: Values, first: str, last: str) -> list[Problem]:
    """The second day is not before the first."""
    if values.get(first, "") <= values.get(last, "9999"):
        return []
    reason = _("结束日期%(last)s早于开始日期%(first)s，请核对")
    return [whole_row(reason % {"last": values[last], "first": values[first]}, "error", last, values[last])]


def not_in_the_future(values: Values, known: Known, *fields: str) -> list[Problem]:
    """Days on which something happened are not after the day on which the list is read."""
    today = known.today or "9999"
    return [
        whole_row(_("日期晚于今天，请核对"), "warning", field, values[field])
        for field in fields
        if field in values and values[field] > today
    ]
