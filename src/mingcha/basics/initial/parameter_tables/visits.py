"""Coming in and leaving: clocks, codes, what a firm is told and may say (54号五、九; domain §1.3)."""

from __future__ import annotations

from mingcha.basics.initial.parameter_tables.rows import BUREAU, JUSTICE, Row
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

D, M = Trust.DESIGN, Trust.MEMORY

TABLE: tuple[Row, ...] = (
    Row("PHONE_CLOCK_MINUTES", "检查人员手机时间的容许误差", Kind.INT, 10, "分钟", Section.VISIT,
        "建议：手机时间比平台快出此数以上的入企登记不接受", D,
        "没有网络时以手机时间登记，平台另记收到的时间", confirm_with=BUREAU),
    Row("CODE_HOURS", "检查码的有效时间", Kind.INT, 72, "小时", Section.VISIT,
        "建议：自下发检查资料包起，至迟到批准的检查期间结束", D,
        "过期的重新下发，旧码作废", confirm_with=BUREAU),
    Row("SUPERVISION_PHONES", "监督电话", Kind.LIST,
        "区司法局行政执法监督（号码待录入）,12345 政务服务便民热线,12333 人社服务热线", "", Section.VISIT,
        "国办发〔2024〕54号九、十：畅通投诉举报渠道；区司法局号码未找到", M,
        "印在检查通知书上，显示在企业扫码看到的页面上", confirm_with=JUSTICE),
    Row("CODE_CHECK_PHONES", "供企业核对入企码的固定电话", Kind.LIST,
        "本局值班电话（号码待录入）", "", Section.VISIT,
        "建议：没有智能手机的企业拨打公布的固定电话，报六位数字核对", D,
        "只列本局公布的固定电话，不列检查人员的手机", confirm_with=BUREAU),
    Row("RATING_DAYS", "检查结束后企业可以评价的时间", Kind.INT, 30, "天", Section.VISIT,
        "建议；本局方案二（三）2：自觉接受企业监督评价", D,
        "用检查人员最后亮的码评价，每次检查一次", confirm_with=BUREAU),
    Row("DOOR_PAGE_DAYS", "离开后企业扫码页保留的时间", Kind.INT, 30, "天", Section.VISIT,
        "建议：期满只说明检查码已停用和怎样联系本局", D,
        "短于评价时间的，按评价时间；页面上的次数、证件以入企当天为准", confirm_with=BUREAU),
    Row("RATING_LEAST", "评价汇总至少要有的份数", Kind.INT, 5, "份", Section.VISIT,
        "参照深圳龙华：企业评价匿名，执法部门不可见不可溯；份数为建议值", D,
        "不足此数的股室、月份不显示；当月的下月才显示", confirm_with=JUSTICE),
)  # fmt: skip
