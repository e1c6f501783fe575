"""Results of inspections: sub-reasons, what is unusual about a record, letters to others (S8, S9)."""

from __future__ import annotations

from mingcha.basics.initial.parameter_tables.rows import BUREAU, JUSTICE, LEGAL, Row
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

D = Trust.DESIGN
_S9 = "本局方案二（三）3：重点规范经营异常、用工异常、社保异常、失联企业的核查认定；情形为建议的字典"
_S8 = "建议；本局方案三（二）：不得随意录入检查结果"

TABLE: tuple[Row, ...] = (
    Row("RESULT_REASONS_UNREACHABLE", "无法联系的情形", Kind.LIST,
        "登记的住所查无此单位,登记的住所为空置房屋,登记的门牌号不存在,人去楼空且电话无人接听,邮件被退回",
        "", Section.VISIT, _S9, D, confirm_with=LEGAL),
    Row("RESULT_REASONS_UNCOOPERATIVE", "不配合检查的情形", Kind.LIST,
        "拒绝检查人员进入,拒绝提供材料,提供虚假材料,隐匿或毁灭证据,阻挠或威胁检查人员",
        "", Section.VISIT, f"{_S9}；《劳动保障监察条例》第三十条", D, confirm_with=LEGAL),
    Row("UNCOOPERATIVE_FACTS_LEAST", "认定不配合检查，所写事实的最少字数", Kind.INT, 10, "字", Section.VISIT,
        "建议；本局方案二（三）3：事实清楚、证据确凿", D, confirm_with=LEGAL),
    Row("RESULT_REASONS_BUSINESS", "经营异常的情形", Kind.LIST,
        "未按规定公示年度报告,未按规定公示即时信息,公示的信息与实际不符,已停业未办理注销,正在组织清算",
        "", Section.VISIT, f"{_S9}；《企业信息公示暂行条例》第十七条", D, confirm_with=LEGAL),
    Row("RESULT_REASONS_LABOUR", "用工异常的情形", Kind.LIST,
        "未建立职工名册,用工台账缺失,在岗人数与劳动合同人数不符,未订立书面劳动合同,超时加班,派遣用工超过比例",
        "", Section.VISIT, _S9, D, confirm_with=LEGAL),
    Row("RESULT_REASONS_INSURANCE", "社保异常的情形", Kind.LIST,
        "未办理社会保险登记,应参保未参保,参保险种不齐,缴费基数低于实际工资,欠缴社会保险费,零申报",
        "", Section.VISIT, _S9, D, confirm_with=LEGAL),
    Row("REFERRAL_FEEDBACK_TERM", "抄告后多久没有反馈就催办", Kind.TERM, "15WD", "", Section.VISIT,
        "建议；本局方案二（三）3：后续跟踪、闭环管理", D, "自抄告发出之日起", confirm_with=BUREAU),
    Row("SAME_ANSWERS_VISITS", "连续几户答案完全相同时提示审核人", Kind.INT, 5, "户", Section.VISIT, _S8, D,
        confirm_with=BUREAU),
    Row("UNLIKE_OTHERS_PCT", "与同类企业答案不同的提示线", Kind.INT, 90, "%", Section.VISIT, _S8, D,
        "同一要点上，同行业、同规模的企业有这么大比例答案不同时提示", confirm_with=BUREAU),
    Row("UNLIKE_OTHERS_LEAST", "与同类企业比较所需的最少户数", Kind.INT, 20, "户", Section.VISIT, _S8, D,
        confirm_with=BUREAU),
    Row("PUBLIC_SERVICE_TERM", "送达公告公开多久", Kind.TERM, "60D", "", Section.PUBLICATION,
        "建议；《民事诉讼法》（2023）第九十五条：自发出公告之日起经过三十日视为送达，不得短于三十日", D,
        confirm_with=LEGAL),
    Row("PUBLIC_PERSON_KINDS", "公示期限按自然人计算的检查对象", Kind.LIST, "个体工商户", "",
        Section.PUBLICATION, "建议；《民法典》第五十四条：自然人从事工商业经营，经登记为个体工商户", D,
        "检查对象类型的名称，用顿号或逗号隔开", confirm_with=JUSTICE),
)  # fmt: skip
