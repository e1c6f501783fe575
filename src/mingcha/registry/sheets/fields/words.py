"""What people write for each value of a fixed set, and the values as the register stores them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from mingcha.registry.sheets.normalise import name_form
from mingcha.registry.sheets.texts import choice_words

KINDS: Final = choice_words(
    {
        "enterprise": """
        企业 公司 企业法人 法人企业 分公司 企业分支机构 个人独资企业 合伙企业 外商投资企业 国有企业
        民营企业
        """,
        "household": "个体工商户 个体户 个体 个体经营 个体经营户",
        "cooperative": "农民专业合作社 合作社 农民专业合作社联合社 专业合作社 农合",
        "nonenterprise": """
        民办非企业单位 民办非企业 民非 社会服务机构 社会团体 社团 基金会 社会组织 民办学校
        """,
        "public_body": """
        机关事业单位 机关 事业单位 机关事业 国家机关 党政机关 参公单位 群团组织 政府机关
        """,
        "project": "工程建设项目 工程项目 建设项目 在建项目 在建工程 工地 项目",
    }
)

#: Parts of a legal form (企业类型), the first that occurs decides.
_FORMS: Final = (
    ("个体", "household"),
    ("9500", "household"),
    ("合作社", "cooperative"),
    ("9100", "cooperative"),
    ("民办非企业", "nonenterprise"),
    ("社会服务机构", "nonenterprise"),
    ("社会团体", "nonenterprise"),
    ("基金会", "nonenterprise"),
    ("事业单位", "public_body"),
    ("事业法人", "public_body"),
    ("机关", "public_body"),
    ("公司", "enterprise"),
    ("企业", "enterprise"),
    ("合伙", "enterprise"),
    ("所有制", "enterprise"),
    ("股份", "enterprise"),
    ("独资", "enterprise"),
    ("国有", "enterprise"),
    ("集体", "enterprise"),
    ("分支机构", "enterprise"),
    ("代表机构", "enterprise"),
    ("外商", "enterprise"),
)


@lru_cache(maxsize=4096)
def kind_of_form(legal_form: str) -> str:
    """The kind of body that a legal form names, empty when it names none."""
    form = name_form(legal_form)
    return next((kind for part, kind in _FORMS if part in form), "")


REGISTRATIONS: Final = choice_words(
    {
        "active": """
        存续 在业 在营 开业 在册 正常 存活 营业 登记成立 成立 迁入 确立 已开业 登记 在营（开业）企业
        存续（在营、开业、在册） 存续(在营、开业、在册) 开业/正常经营 正常在业 正常经营
        """,
        "suspended": "歇业 已歇业",
        "closed": "停业 已停业 关闭 已关闭 停业未注销",
        "liquidating": "清算 清算中 正在清算 破产清算 破产",
        "revoked": "吊销 吊销未注销 吊销，未注销 被吊销 吊销企业",
        "cancelled": "撤销登记 撤销 已撤销 被撤销",
        "deregistered": "注销 已注销 注销企业 吊销已注销 吊销，已注销 吊销后注销 核准注销",
        "moved_out": "迁出 已迁出 迁移 迁往市外",
    }
)

INSPECTOR_KINDS: Final = choice_words(
    {
        "certified": """
        执法人员 执法 检查人员 监察员 劳动保障监察员 行政执法人员 正式执法人员 执法检查人员
        """,
        "expert": "专家 专业人员 技术专家",
        "helper": "协助人员 协助 辅助人员 执法辅助人员 协管员 辅助 网格员",
    }
)
INSPECTOR_STATES: Final = choice_words(
    {
        "active": "在岗 正常 在职 有效 在编在岗 可用",
        "suspended": "暂停执法 暂停 停用",
        "review": "证件年审未过 年审未过 未年审 年审不合格 证件过期",
        "left": "离岗 离职 退休 调出 调离 已离岗 注销",
    }
)
LEAVE_KINDS: Final = choice_words(
    {
        "leave": "休假 请假 年假 年休假 病假 事假 产假 婚假 丧假 公休 休息",
        "training": "培训学习 培训 学习 脱产学习 进修",
        "seconded": "借调、抽调 借调 抽调 挂职 驻村 帮扶",
        "other": "其他 其它 出差",
    }
)
VISIT_KINDS: Final = choice_words(
    {
        "routine": """
        日常检查 日常 双随机 双随机抽查 随机抽查 日常巡查 日常巡视检查 日常监管 一般检查
        """,
        "case": """
        个案检查 个案 投诉举报 举报投诉 投诉 举报 线索核查 转办 交办 举报投诉核查 案件
        """,
        "special": "专项检查 专项 专项行动 联合专项 专项整治",
        "other": """
        非执法入企（调研、督导、观摩） 非执法入企 调研 督导 观摩 走访 服务 考察 培训 宣传 其他 普法宣传
        """,
    }
)
MANNERS: Final = choice_words(
    {
        "on_site": "现场 现场检查 实地 实地检查 实地核查 入企 上门 实地走访",
        "off_site": """
        非现场 非现场检查 书面 书面检查 书面审查 网络 网络检查 网络监测 线上 远程 数据比对
        """,
    }
)
LICENCE_KINDS: Final = choice_words(
    {
        "dispatch": """
        劳务派遣经营许可 劳务派遣 劳务派遣经营许可证 劳务派遣许可 劳务派遣许可证 派遣许可 派遣
        """,
        "hr_service": """
        人力资源服务许可 人力资源服务许可证 人力资源许可 人力资源服务 职业中介许可 职业中介活动许可
        """,
        "placement": """
        人力资源服务（职业介绍等）备案 人力资源服务备案 职业介绍备案 人力资源备案 备案
        """,
        "training": """
        民办职业培训学校办学许可 民办学校办学许可证 办学许可证 办学许可 民办职业培训学校 民办培训
        职业培训 培训学校 培训机构
        """,
        "other": "其他许可、备案 其他许可 其他备案 其他",
    }
)
LICENCE_STATES: Final = choice_words(
    {
        "valid": "有效 正常 在用 存续",
        "suspended": "暂停 中止",
        "revoked": "吊销、撤销 吊销 撤销 撤回",
        "cancelled": "注销 已注销 终止 作废 失效 过期",
    }
)
SYSTEMS: Final = choice_words(
    {
        "hrss": """
        劳动保障守法诚信等级 守法诚信等级 守法诚信 诚信等级 劳动保障守法诚信 劳动保障书面审查 人社
        """,
        "market": """
        企业信用风险分类（市场监管） 企业信用风险分类 信用风险分类 信用风险等级 信用风险 市监 市场监管
        """,
        "dispatch": "劳务派遣单位信用等级 劳务派遣信用等级 派遣信用等级 劳务派遣 派遣",
    }
)
RECUSAL_KINDS: Final = choice_words(
    {
        "family": "近亲属 亲属 配偶 夫妻 父母 子女 兄弟姐妹 亲戚 直系亲属 近亲",
        "interest": "投资或任职 投资 任职 入股 持股 兼职 股东 参股",
        "former_post": "曾任职 曾经任职 原单位 原任职",
        "direct_stake": "直接利害关系 利害关系 利益关系",
        "other": "其他可能影响公正的关系 其他 其他关系 其他情形",
    }
)

#: Which grades each system knows (domain §4); the register's own table is checked against this one.
GRADES: Final = {
    "hrss": ("A", "B", "C"),
    "market": ("A", "B", "C", "D"),
    "dispatch": ("A+", "A", "B", "C", "D"),
}
