"""Wages of migrant workers on building sites (domain §5.4, §10.3)."""

from __future__ import annotations

from mingcha.basics.initial.parameter_tables.rows import BUREAU, CITY, PROVINCE, Row
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

V, VP, M, D = Trust.VERIFIED, Trust.PARTLY, Trust.MEMORY, Trust.DESIGN
OFF_SITE = Section.OFF_SITE
_53, _65 = "人社部发〔2021〕53号，原文未见", "人社部发〔2021〕65号（二手摘要）"
_SUGGESTED = "建议的预警线，不是法定标准；告警只产生线索"

TABLE: tuple[Row, ...] = (
    Row("CS01_ACCOUNT_TERM", "签订施工合同后开立工资专用账户的期限", Kind.TERM, "30D", "", OFF_SITE, _53, M,
        confirm_with=CITY),
    Row("CS02_ALLOT_CYCLE", "人工费用拨付周期的上限", Kind.TERM, "1M", "", OFF_SITE,
        "《保障农民工工资支付条例》第二十四条", V),
    Row("CS02_GRACE", "人工费用拨付超期的宽限", Kind.TERM, "5WD", "", OFF_SITE, _SUGGESTED, D,
        confirm_with=BUREAU),
    Row("CS02_ALLOTTED_PCT", "人工费用累计拨付占应拨的预警线", Kind.INT, 95, "%", OFF_SITE, _SUGGESTED, D,
        confirm_with=BUREAU),
    Row("CS04_DEPOSIT_TERM", "取得施工许可后存储工资保证金的期限", Kind.TERM, "20WD", "", OFF_SITE, _65, VP,
        confirm_with=PROVINCE),
    Row("CS04_MIN_PCT", "工资保证金存储比例的下限", Kind.DECIMAL, "1", "%", OFF_SITE, _65, VP,
        confirm_with=PROVINCE),
    Row("CS04_MAX_PCT", "工资保证金存储比例的上限", Kind.DECIMAL, "3", "%", OFF_SITE, _65, VP,
        confirm_with=PROVINCE),
    Row("CS04_FLOOR_PCT", "多个在建工程下浮后的最低比例", Kind.DECIMAL, "0.5", "%", OFF_SITE, _65, VP,
        confirm_with=PROVINCE),
    Row("CS04_EXEMPT_YUAN", "可免存工资保证金的合同额", Kind.INT, 3000000, "元", OFF_SITE, _65, VP,
        "低于此额且签约前一年无欠薪", confirm_with=PROVINCE),
    Row("CS04_EXEMPT_YEARS", "连续无欠薪可免存的年数", Kind.INT, 3, "年", OFF_SITE, _65, VP,
        confirm_with=PROVINCE),
    Row("CS04_TOP_UP", "工资保证金使用后补足的期限", Kind.TERM, "10WD", "", OFF_SITE, _65, VP,
        confirm_with=PROVINCE),
    Row("CS04_BANK_PAY", "银行收到动用通知后支付的期限", Kind.TERM, "5WD", "", OFF_SITE, _65, VP,
        confirm_with=PROVINCE),
    Row("CS05_GUARANTEE_TERM", "保函到期的提前预警", Kind.TERM, "30D", "", OFF_SITE,
        "人社部发〔2021〕65号，条文未见", M, confirm_with=PROVINCE),
    Row("CS10_NOTICE_TERM", "完工且无拖欠的公示期", Kind.TERM, "30D", "", OFF_SITE,
        "《保障农民工工资支付条例》第二十七条", V),
    Row("CS11_WINDOW", "投诉密度的统计期间", Kind.TERM, "90D", "", OFF_SITE, _SUGGESTED, D,
        confirm_with=BUREAU),
    Row("CS11_SHARE_PCT", "投诉人数占实名人数的预警线", Kind.INT, 3, "%", OFF_SITE, _SUGGESTED, D,
        confirm_with=BUREAU),
    Row("CS11_TOGETHER", "集体投诉的人数", Kind.INT, 5, "人", OFF_SITE, _SUGGESTED, D, confirm_with=BUREAU),
)  # fmt: skip
