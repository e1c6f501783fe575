"""Public announcement of grave violations, and the two lists of serious dishonesty (domain §5)."""

from __future__ import annotations

from datetime import date

from mingcha.basics.initial.parameter_tables.rows import CITY, LEGAL, PROVINCE, Row
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

V, VP, M = Trust.VERIFIED, Trust.PARTLY, Trust.MEMORY
LISTS = Section.LISTS
_29, _45 = "《重大劳动保障违法行为社会公布办法》（人社部令第29号）", "人社部令第45号"
_SI = "人社部规〔2019〕2号，现行有效性未核实"
_SINCE_29, _SINCE_45, _SINCE_SI = date(2017, 1, 1), date(2022, 1, 1), date(2019, 10, 28)

TABLE: tuple[Row, ...] = (
    Row("ANNOUNCE_CYCLE", "重大违法行为社会公布的周期（县级）", Kind.TERM, "3M", "", LISTS, _29, V,
        since=_SINCE_29),
    Row("ANNOUNCE_OBJECTION", "对社会公布的异议复核期限", Kind.TERM, "15WD", "", LISTS, f"{_29}，条文未见", M,
        since=_SINCE_29, confirm_with=CITY),
    Row("WAGE_LIST_OBJECTION", "列入欠薪名单前当事人提出异议的期限", Kind.TERM, "5WD", "", LISTS,
        f"{_45}第六条，原文未见", M, since=_SINCE_45, confirm_with=CITY),
    Row("WAGE_LIST_CHECK", "核实异议并告知的期限", Kind.TERM, "5WD", "", LISTS, f"{_45}第六条，原文未见", M,
        since=_SINCE_45, confirm_with=CITY),
    Row("WAGE_LIST_DECIDE", "作出列入欠薪名单决定的期限", Kind.TERM, "20WD", "", LISTS,
        f"{_45}第八条，原文未见", M,
        "自责令限期支付期满之日起", since=_SINCE_45, confirm_with=CITY),
    Row("WAGE_LIST_DECIDE_MORE", "复杂情形延长的期限", Kind.TERM, "20WD", "", LISTS,
        f"{_45}第八条，原文未见", M,
        since=_SINCE_45, confirm_with=CITY),
    Row("WAGE_LIST_TERM", "列入欠薪名单的期限", Kind.TERM, "3Y", "", LISTS, f"{_45}第十一条", V,
        since=_SINCE_45),
    Row("WAGE_LIST_EARLY_AFTER", "改正后可以申请提前移出的期间", Kind.TERM, "6M", "", LISTS,
        f"{_45}第十二条", V,
        since=_SINCE_45),
    Row("WAGE_LIST_EARLY_DECIDE", "审核提前移出申请的期限", Kind.TERM, "15WD", "", LISTS,
        f"{_45}第十四条，原文未见", M, since=_SINCE_45, confirm_with=CITY),
    Row("WAGE_LIST_REMOVE", "移出、停止公开并通知网站的期限", Kind.TERM, "10WD", "", LISTS,
        f"{_45}第十七条，原文未见", M, since=_SINCE_45, confirm_with=CITY),
    Row("SI_LIST_TIMES", "社保名单：违规参保、办理业务的人次", Kind.INT, 20, "人次", LISTS, _SI, VP,
        "超过此数",
        since=_SINCE_SI, confirm_with=PROVINCE),
    Row("SI_LIST_PROFIT", "社保名单：违规牟利的数额", Kind.INT, 20000, "元", LISTS, _SI, VP, "超过此数",
        since=_SINCE_SI, confirm_with=PROVINCE),
    Row("SI_LIST_FRAUD", "社保名单：骗取待遇或基金支出的数额", Kind.INT, 10000, "元", LISTS, _SI, VP,
        "超过此数",
        since=_SINCE_SI, confirm_with=PROVINCE),
    Row("SI_LIST_OVERDRAW", "社保名单：冒领、多领的月数", Kind.TERM, "6M", "", LISTS, _SI, VP, "超过此数",
        since=_SINCE_SI, confirm_with=PROVINCE),
    Row("SI_LIST_OVERDRAW_AMT", "社保名单：冒领、多领的数额", Kind.INT, 10000, "元", LISTS, _SI, VP,
        "超过此数",
        since=_SINCE_SI, confirm_with=PROVINCE),
    Row("SI_LIST_SERVICE_LOSS", "社保名单：服务机构造成基金损失的数额", Kind.INT, 100000, "元", LISTS,
        f"{_SI}；该项条文未见", M, "超过此数", since=_SINCE_SI, confirm_with=PROVINCE),
    Row("SI_LIST_ADVANCE", "社保名单：拒不偿还先行支付的数额", Kind.INT, 10000, "元", LISTS, _SI, VP,
        "超过此数",
        since=_SINCE_SI, confirm_with=PROVINCE),
    Row("SI_LIST_TERM_FIRST", "首次列入社保名单的期限", Kind.TERM, "1Y", "", LISTS, f"{_SI}；期限条文未见", M,
        since=_SINCE_SI, confirm_with=PROVINCE),
    Row("SI_LIST_TERM_AGAIN", "再次列入社保名单的期限", Kind.TERM, "3Y", "", LISTS, f"{_SI}；期限条文未见", M,
        since=_SINCE_SI, confirm_with=LEGAL),
)  # fmt: skip
