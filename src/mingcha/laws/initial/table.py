"""The laws that every installation starts with (domain §13): names, rank, the day their text applies from.

`trust` is V where the whole text was read; a text that has been revised since is V- and stays 待确认.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingcha.basics.models import Trust
from mingcha.laws.models import Rank


@dataclass(frozen=True)
class Row:
    """One law with its text, which stands in `texts/<file>.md`."""

    file: str
    title: str
    short_title: str
    rank: Rank
    label: str
    since: date
    source: str
    aliases: tuple[str, ...] = ()
    trust: Trust = Trust.VERIFIED
    note: str = ""
    last_day: date | None = None
    repealed: str = ""


LAW, REGULATION, RULE, DOCUMENT = Rank.LAW, Rank.REGULATION, Rank.RULE, Rank.DOCUMENT
_NPC = "全国人民代表大会常务委员会公布文本"
_STATE = "国务院公布文本"

TABLE: tuple[Row, ...] = (
    Row("labour-law", "中华人民共和国劳动法", "劳动法", LAW, "2018年修正", date(2018, 12, 29), _NPC),
    Row("labour-contract-law", "中华人民共和国劳动合同法", "劳动合同法", LAW, "2012年修正",
        date(2013, 7, 1), _NPC),
    Row("social-insurance-law", "中华人民共和国社会保险法", "社会保险法", LAW, "2018年修正",
        date(2018, 12, 29), _NPC, ("社保法",)),
    Row("employment-promotion-law", "中华人民共和国就业促进法", "就业促进法", LAW, "2015年修正",
        date(2015, 4, 24), _NPC),
    Row("private-education-law", "中华人民共和国民办教育促进法", "民办教育促进法", LAW, "2018年修正",
        date(2018, 12, 29), _NPC, ("民促法",)),
    Row("penalty-law", "中华人民共和国行政处罚法", "行政处罚法", LAW, "2021年修订",
        date(2021, 7, 15), f"{_NPC}（主席令第七十号）", ("处罚法",)),
    Row("compulsion-law", "中华人民共和国行政强制法", "行政强制法", LAW, "2011年公布",
        date(2012, 1, 1), _NPC),
    Row("reconsideration-law", "中华人民共和国行政复议法", "行政复议法", LAW, "2023年修订",
        date(2024, 1, 1), _NPC, ("复议法",)),
    Row("administrative-litigation-law", "中华人民共和国行政诉讼法", "行政诉讼法", LAW, "2017年修正",
        date(2017, 7, 1), _NPC, ("行诉法",)),
    Row("civil-procedure-law", "中华人民共和国民事诉讼法", "民事诉讼法", LAW, "2023年修正",
        date(2024, 1, 1), _NPC, ("民诉法",)),
    Row("supervision-regulation", "劳动保障监察条例", "", REGULATION, "2004年公布",
        date(2004, 12, 1), f"{_STATE}（国务院令第423号）", ("监察条例",)),
    Row("migrant-wages-regulation", "保障农民工工资支付条例", "", REGULATION, "2019年公布",
        date(2020, 5, 1), f"{_STATE}（国务院令第724号）", ("农民工条例", "农民工工资支付条例")),
    Row("contract-law-regulation", "中华人民共和国劳动合同法实施条例", "劳动合同法实施条例", REGULATION,
        "2008年公布", date(2008, 9, 18), f"{_STATE}（国务院令第535号）"),
    Row("human-resources-market-regulation", "人力资源市场暂行条例", "", REGULATION, "2018年公布",
        date(2018, 10, 1), f"{_STATE}（国务院令第700号）", ("人力资源市场条例",)),
    Row("contributions-regulation", "社会保险费征缴暂行条例", "", REGULATION, "2019年修订",
        date(2019, 3, 24), f"{_STATE}（国务院令第259号，2019年修订）", ("征缴条例",)),
    Row("insurance-agency-regulation", "社会保险经办条例", "", REGULATION, "2023年公布",
        date(2023, 12, 1), f"{_STATE}（国务院令第765号）", ("经办条例",)),
    Row("work-injury-regulation", "工伤保险条例", "", REGULATION, "2010年修订",
        date(2011, 1, 1), f"{_STATE}（国务院令第375号，2010年修订）", ("工伤条例",)),
    Row("unemployment-insurance-regulation", "失业保险条例", "", REGULATION, "1999年公布",
        date(1999, 1, 22), f"{_STATE}（国务院令第258号）"),
    Row("child-labour-provisions", "禁止使用童工规定", "", REGULATION, "2002年公布",
        date(2002, 12, 1), f"{_STATE}（国务院令第364号）", ("童工规定",)),
    Row("women-workers-provisions", "女职工劳动保护特别规定", "", REGULATION, "2012年公布",
        date(2012, 4, 28), f"{_STATE}（国务院令第619号）", ("女职工规定",)),
    Row("annual-leave-regulation", "职工带薪年休假条例", "", REGULATION, "2007年公布",
        date(2008, 1, 1), f"{_STATE}（国务院令第514号）", ("年休假条例",)),
    Row("working-hours-provisions", "国务院关于职工工作时间的规定", "", REGULATION, "1995年修订",
        date(1995, 5, 1), f"{_STATE}（国务院令第146号，国务院令第174号修订）",
        ("关于职工工作时间的规定", "国务院令第174号", "国务院令174号")),
    Row("holidays-measures", "全国年节及纪念日放假办法", "", REGULATION, "2024年修订",
        date(2025, 1, 1), f"{_STATE}（国务院令第795号）", ("放假办法",)),
    Row("private-education-regulation", "中华人民共和国民办教育促进法实施条例", "民办教育促进法实施条例",
        REGULATION, "2021年修订", date(2021, 9, 1), f"{_STATE}（国务院令第741号）", ("民促法实施条例",)),
    Row("business-environment-regulation", "优化营商环境条例", "", REGULATION, "2019年公布",
        date(2020, 1, 1), f"{_STATE}（国务院令第722号）", ("营商环境条例",)),
    Row("registration-regulation", "中华人民共和国市场主体登记管理条例", "市场主体登记管理条例", REGULATION,
        "2021年公布", date(2022, 3, 1), f"{_STATE}（国务院令第746号）", ("登记管理条例",)),
    Row("enterprise-information-regulation", "企业信息公示暂行条例", "", REGULATION, "2014年公布",
        date(2014, 10, 1), f"{_STATE}（国务院令第654号）", ("企业信息公示条例",), Trust.PARTLY,
        "2024年国务院已修订本条例，修订后的文本不在手边；引用前请取得现行文本并录入新版本。"),
    Row("crime-transfer-provisions", "行政执法机关移送涉嫌犯罪案件的规定", "", REGULATION, "2020年修订",
        date(2020, 8, 7), f"{_STATE}（国务院令第310号，2020年修订）", ("移送规定",)),
    Row("fine-collection-measures", "罚款决定与罚款收缴分离实施办法", "", REGULATION, "1997年公布",
        date(1998, 1, 1), f"{_STATE}（国务院令第235号）"),
    Row("annual-leave-measures", "企业职工带薪年休假实施办法", "", RULE, "2008年公布",
        date(2008, 9, 18), "人力资源和社会保障部公布文本（人社部令第1号）"),
    Row("total-wages-provisions", "关于工资总额组成的规定", "", RULE, "1990年公布",
        date(1990, 1, 1), "国家统计局公布文本（国家统计局令第1号）", ("工资总额规定", "工资总额组成的规定")),
    Row("wage-payment-provisions", "工资支付暂行规定", "", DOCUMENT, "1994年公布",
        date(1995, 1, 1), "劳动部公布文本（劳部发〔1994〕489号）", ("劳部发〔1994〕489号", "工资支付规定")),
    Row("monthly-hours-notice", "关于职工全年月平均工作时间和工资折算问题的通知", "", DOCUMENT, "2008年印发",
        date(2008, 1, 3), "劳动和社会保障部印发文本（劳社部发〔2008〕3号）", ("劳社部发〔2008〕3号",),
        last_day=date(2024, 12, 31),
        repealed="人力资源社会保障部2025年同名通知（人社部发〔2025〕2号，文号待核）自2025年1月1日起施行，本通知同时废止"),
)  # fmt: skip
