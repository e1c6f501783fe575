"""Made-up firms. Their codes carry a mark that no really issued code has (`credit_code.synthetic`).

Names are put together from syllables, so that no two of a county are alike; numbers of people follow a
power law, as they do everywhere; the rest is spread as a county's register usually is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from demo.county import COUNTY, DIVISION, SEED, TOWNS, Size
from mingcha.kernel import credit_code

_SYLLABLES = (
    "晨远新百青长明同金白清安和嘉景云海山川松竹泽润丰裕恒正博智"
    "慧启航星辰光华瑞祥福禄康宁顺达通盛鼎元宏伟立本德信诚义仁厚广大"
)
_MARKS = ("", *"甲乙丙丁子丑寅卯辰巳午未申酉戌亥东南西北中上下左右前后春夏秋冬")
_ENDINGS = ("有限公司", "有限责任公司", "股份有限公司", "厂")


@dataclass(frozen=True)
class Trade:
    """A line of business: word in names, class of GB/T 4754, how often, how large its firms are, its tag."""

    word: str
    industry: str
    often: int
    scale: float = 4
    tag: str = ""


ENTERPRISES = (
    Trade("商贸", "51", 230),
    Trade("机械制造", "34", 80, 14),
    Trade("食品加工", "13", 55, 16),
    Trade("纺织服装", "18", 45, 30, "劳动密集型"),
    Trade("电子装配", "39", 20, 40, "劳动密集型"),
    Trade("建筑工程", "47", 85, 18, "建筑施工"),
    Trade("装饰工程", "50", 60, 7, "建筑施工"),
    Trade("餐饮管理", "62", 60, 10),
    Trade("物流运输", "54", 70, 8),
    Trade("同城配送", "60", 2, 40, "新业态平台"),
    Trade("信息科技", "65", 90, 5),
    Trade("物业服务", "70", 40, 14, "劳动密集型"),
    Trade("农业开发", "01", 50, 4),
    Trade("医疗器械", "35", 25, 12),
    Trade("劳务派遣", "7263", 3, 30, "劳务派遣机构"),
    Trade("人力资源服务", "7269", 4, 6, "人力资源服务机构"),
)
HOUSEHOLDS = (
    Trade("百货店", "52", 26, 1),
    Trade("饭店", "62", 24, 2),
    Trade("超市", "52", 14, 2),
    Trade("五金店", "52", 10, 1),
    Trade("理发店", "80", 9, 1),
    Trade("汽修厂", "81", 7, 2),
    Trade("服装店", "52", 10, 1),
)
SCHOOLS = (Trade("职业培训学校", "8391", 1, 8, "职业培训机构"),)
COOPERATIVES = (Trade("种植专业合作社", "01", 3, 2), Trade("养殖专业合作社", "03", 2, 2))
#: Names of the classes used, which the small table of a new installation lacks: code, name, section.
INDUSTRIES = (
    ("01", "农业", "A"),
    ("03", "畜牧业", "A"),
    ("13", "农副食品加工业", "C"),
    ("18", "纺织服装、服饰业", "C"),
    ("34", "通用设备制造业", "C"),
    ("35", "专用设备制造业", "C"),
    ("39", "计算机、通信和其他电子设备制造业", "C"),
    ("47", "房屋建筑业", "E"),
    ("50", "建筑装饰、装修和其他建筑业", "E"),
    ("51", "批发业", "F"),
    ("52", "零售业", "F"),
    ("54", "道路运输业", "G"),
    ("60", "邮政业", "G"),
    ("62", "餐饮业", "H"),
    ("65", "软件和信息技术服务业", "I"),
    ("70", "房地产业", "K"),
    ("80", "居民服务业", "O"),
    ("81", "机动车、电子产品和日用产品修理业", "O"),
)
_STATES = (("存续", 895), ("歇业", 10), ("吊销", 45), ("注销", 40), ("迁出", 10))

HEADINGS = (
    "单位名称",
    "统一社会信用代码",
    "主体类型",
    "登记状态",
    "成立日期",
    "登记状态变更日期",
    "企业类型",
    "注册资本",
    "经营范围",
    "注册地址",
    "属地区划代码",
    "乡镇街道",
    "行业代码",
    "用工人数",
    "参保人数",
    "派遣用工人数",
    "人数统计日期",
    "守法诚信等级",
    "市监信用风险等级",
    "劳务派遣信用等级",
    "标签",
)


@dataclass(frozen=True)
class Firm:
    """One made-up firm, as far as other lists need to know it."""

    number: int
    name: str
    code: str
    trade: Trade
    active: bool
    workers: int
    row: tuple[str, ...]


def firms(size: Size, until: date) -> Iterator[Firm]:
    """Enterprises, schools and co-operatives as the register of a day has them."""
    yield from _group("企业", "91", ENTERPRISES, size.enterprises, until)
    yield from _group("民办非企业单位", "52", SCHOOLS, size.schools, until)
    yield from _group("农民专业合作社", "93", COOPERATIVES, size.cooperatives, until)


def households(size: Size, until: date) -> Iterator[Firm]:
    """The households, a list of their own: one file holds at most a million rows."""
    yield from _group("个体工商户", "92", HOUSEHOLDS, size.households, until)


def _group(kind: str, category: str, trades: Sequence[Trade], count: int, until: date) -> Iterator[Firm]:
    chance = random.Random(f"{SEED}-{category}")
    for serial in range(count):
        yield _firm(chance, kind, category, trades, serial, until)


def arrivals(size: Size, count: int, on: date) -> Iterator[Firm]:
    """Enterprises registered in the weeks before a day, after those of `firms`."""
    chance = random.Random(SEED + 1)
    for place in range(count):
        day = on - timedelta(days=1 + place % 14)
        yield _firm(chance, "企业", "91", ENTERPRISES, size.enterprises + place, on, registered_on=day)


def _firm(
    chance: random.Random,
    kind: str,
    category: str,
    trades: Sequence[Trade],
    serial: int,
    until: date,
    registered_on: date | None = None,
) -> Firm:
    trade = chance.choices(trades, _weights(trades))[0]
    town = chance.choice(TOWNS)
    company = kind == "企业"
    ending = _ENDINGS[min(chance.randrange(12), 3)] if company and registered_on is None else ""
    # The first of a county are spread over the trades that inspections look at, however small it is.
    if company and serial < len(trades):
        trade = trades[-1 - serial]
    name = f"{COUNTY}{_word(serial)}{trade.word}{ending or ('有限公司' if company else '')}"
    state = "存续" if registered_on else chance.choices(*_states())[0]
    day = registered_on or until - timedelta(days=int(chance.triangular(30, 9000, 1200)))
    changed = "" if state == "存续" else _between(chance, day, until)
    workers = _workers(chance, trade, kind) if registered_on is None else 0
    insured = int(workers * chance.choice((1, 1, 0.95, 0.9, 0.6))) if workers else 0
    dispatched = workers // 5 if workers > 40 and chance.random() < 0.3 else 0
    row = (
        name,
        credit_code.synthetic(serial, category=category, division=DIVISION),
        kind,
        state,
        day.isoformat(),
        changed,
        _form(kind, ending),
        f"{chance.choice((10, 50, 100, 200, 500, 1000))}万人民币" if company else "",
        f"{trade.word}及相关服务（示范数据）",
        f"{COUNTY}{town}示范路{serial % 997 + 1}号",
        DIVISION,
        town,
        trade.industry,
        str(workers) if workers else "",
        str(insured) if workers else "",
        str(dispatched) if dispatched else "",
        until.isoformat() if workers else "",
        chance.choices(("", "A", "B", "C"), (70, 18, 10, 2))[0] if company and not registered_on else "",
        chance.choices(("A", "B", "C", "D"), (45, 35, 15, 5))[0] if company and not registered_on else "",
        chance.choices(("A", "B", "C"), (5, 4, 1))[0] if trade.industry == "7263" else "",
        "、".join(_tags(chance, trade, workers, company)),
    )
    return Firm(serial, name, row[1], trade, state == "存续", workers, row)


def _word(serial: int) -> str:
    """Two different syllables and, from the second round on, a mark: another one for every number."""
    pairs = len(_SYLLABLES) * (len(_SYLLABLES) - 1)
    # A step without a common factor walks through all pairs before any comes again.
    place = serial * 1009 % pairs
    first, second = divmod(place, len(_SYLLABLES) - 1)
    rounds, rest = divmod(serial // pairs, len(_MARKS)), ""
    if rounds[0]:
        rest = _SYLLABLES[rounds[0] % len(_SYLLABLES)]
    second += second >= first
    return f"{_SYLLABLES[first]}{_SYLLABLES[second]}{_MARKS[rounds[1]]}{rest}"


def _workers(chance: random.Random, trade: Trade, kind: str) -> int:
    """How many people, 0 where nobody has counted."""
    counted = 0.45 if kind == "个体工商户" else 0.7
    if chance.random() > counted:
        return 0
    return min(3_000, max(1, int(chance.paretovariate(1.3) * trade.scale)))


def _tags(chance: random.Random, trade: Trade, workers: int, company: bool) -> Iterator[str]:
    if trade.tag and (trade.tag != "劳动密集型" or workers >= 30):
        yield trade.tag
    if company and chance.random() < 0.005:
        yield "重点关注"


def _between(chance: random.Random, first: date, last: date) -> str:
    return (first + timedelta(days=chance.randint(1, max(1, (last - first).days)))).isoformat()


def _form(kind: str, ending: str) -> str:
    if kind != "企业":
        return "个体工商户" if kind == "个体工商户" else ""
    return {"股份有限公司": "股份有限公司（非上市）", "厂": "个人独资企业"}.get(
        ending, "有限责任公司（自然人投资或控股）"
    )


@lru_cache
def _weights(trades: tuple[Trade, ...]) -> list[int]:
    return [trade.often for trade in trades]


@lru_cache
def _states() -> tuple[tuple[str, ...], tuple[int, ...]]:
    names, weights = zip(*_STATES, strict=True)
    return names, weights
