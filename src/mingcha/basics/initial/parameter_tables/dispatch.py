"""Labour dispatch, employment agencies, platforms (domain §4, §10.4, §10.5)."""

from __future__ import annotations

from mingcha.basics.initial.parameter_tables.rows import BUREAU, PROVINCE, Row
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

V, VP, D = Trust.VERIFIED, Trust.PARTLY, Trust.DESIGN
OFF_SITE = Section.OFF_SITE
_19, _22 = "《劳务派遣行政许可实施办法》（人社部令第19号）", "《劳务派遣暂行规定》（人社部令第22号）"
_GUIDE = "人社厅发〔2025〕6号指南、河南2026年办法；河北2023年办法的比例未见"

TABLE: tuple[Row, ...] = (
    Row("DP01_SHARE_PCT", "被派遣劳动者占用工总量的上限", Kind.INT, 10, "%", OFF_SITE, f"{_22}第四条", V),
    Row("DP02_RENEW_TERM", "派遣许可到期前申请延续的期限", Kind.TERM, "60D", "", OFF_SITE, _19, VP,
        confirm_with=PROVINCE),
    Row("DP03_REPORT_DAY", "派遣单位报送上年度经营情况的截止日", Kind.TEXT, "03-31", "", OFF_SITE, _19, V,
        "月-日"),
    Row("DP04_CONTRACT_TERM", "派遣劳动合同的最短期限", Kind.TERM, "2Y", "", OFF_SITE,
        "《劳动合同法》第五十八条", V),
    Row("DP05_TEMPORARY_TERM", "临时性岗位的最长存续期", Kind.TERM, "6M", "", OFF_SITE,
        "《劳动合同法》第六十六条", V),
    Row("DP09_CLIENT_PCT", "疑似假外包：单一客户占比的预警线", Kind.INT, 90, "%", OFF_SITE,
        "建议的预警线，不是法定标准；告警只产生线索", D, confirm_with=BUREAU),
    Row("DISPATCH_CAPITAL", "派遣单位注册资本的下限", Kind.INT, 2000000, "元", OFF_SITE,
        "《劳动合同法》第五十七条", V),
    Row("DISPATCH_LICENCE_TERM", "派遣许可证有效期", Kind.TERM, "3Y", "", OFF_SITE, _19, VP,
        confirm_with=PROVINCE),
    Row("DISPATCH_GRADE_A_PCT", "派遣单位信用A级及以上的比例上限", Kind.INT, 20, "%", Section.GRADING,
        _GUIDE, VP,
        confirm_with=PROVINCE),
    Row("DISPATCH_GRADE_TOP_PCT", "派遣单位信用A+级的比例上限", Kind.INT, 10, "%", Section.GRADING, _GUIDE,
        VP,
        confirm_with=PROVINCE),
    Row("HR02_FILING_TERM", "人力资源服务机构备案、报告变更的期限", Kind.TERM, "15D", "", OFF_SITE,
        "《人力资源市场暂行条例》第十八条至第二十条", V),
    Row("NE04_ONLINE_HOURS", "平台连续接单提示休息的时长", Kind.INT, 4, "小时", OFF_SITE,
        "建议；人社厅发〔2023〕50号指引原文未见", D, confirm_with=PROVINCE),
)  # fmt: skip
