"""What counts as a wage irregularity in off-site data (domain §10.2)."""

from __future__ import annotations

from mingcha.basics.initial.parameter_tables.rows import BUREAU, Row
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

V, D = Trust.VERIFIED, Trust.DESIGN
OFF_SITE = Section.OFF_SITE
_SUGGESTED = "建议的预警线，不是法定标准；告警只产生线索"

TABLE: tuple[Row, ...] = (
    Row("EXPLAIN_TERM", "企业对线索说明、补材料的期限", Kind.TERM, "10WD", "", OFF_SITE, _SUGGESTED, D,
        "期满未说明的转人工复核", confirm_with=BUREAU),
    Row("WG01_RED_DAYS", "迟发工资的红色预警线", Kind.INT, 30, "天", OFF_SITE, _SUGGESTED, D,
        "迟于约定发薪日即黄", confirm_with=BUREAU),
    Row("WG04_PAY_DAYS", "非全日制用工的最长结算周期", Kind.INT, 15, "天", OFF_SITE,
        "《劳动合同法》第七十二条", V),
    Row("WG05_PROBATION_PCT", "试用期工资不低于转正工资的比例", Kind.INT, 80, "%", OFF_SITE,
        "《劳动合同法》第二十条", V),
    Row("WG06_DEDUCTION_PCT", "每月扣除赔偿占当月工资的上限", Kind.INT, 20, "%", OFF_SITE,
        "《工资支付暂行规定》第十六条", V),
    Row("WG07_TOLERANCE", "加班费核算的容差系数", Kind.DECIMAL, "0.98", "倍", OFF_SITE, _SUGGESTED, D,
        "低于应付额乘此系数才告警", confirm_with=BUREAU),
    Row("WG08_RED_PCT", "工资台账要素缺失的红色预警线", Kind.INT, 10, "%", OFF_SITE, _SUGGESTED, D,
        "任一必填要素缺一人即黄", confirm_with=BUREAU),
    Row("WG10_MIN_AGE", "最低就业年龄", Kind.INT, 16, "周岁", OFF_SITE, "《禁止使用童工规定》第二条", V),
    Row("WG11_YELLOW_PCT", "欠薪接近入罪数额的黄色预警线", Kind.INT, 80, "%", OFF_SITE, _SUGGESTED, D,
        "达到入罪数额即红", confirm_with=BUREAU),
    Row("WG12_DROP_PCT", "应发工资总额环比骤降的预警线", Kind.INT, 40, "%", OFF_SITE, _SUGGESTED, D,
        "人数未降时才看", confirm_with=BUREAU),
    Row("WG13_RATIO", "备案、参保、个税、工资四个人数最大与最小之比", Kind.DECIMAL, "1.3", "倍", OFF_SITE,
        _SUGGESTED, D, confirm_with=BUREAU),
)  # fmt: skip
