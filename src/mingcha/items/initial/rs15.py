"""RS15 职业培训补贴资金."""

from __future__ import annotations

from mingcha.items.initial.common import AGENCY, PARTLY, M, held, leniency, outcomes
from mingcha.items.initial.model import Item, Material, Outcome, Point

_BACK = (
    "追回补贴。从失业保险基金支出的，骗取的责令退回，处骗取金额2倍以上5倍以下罚款；从就业补助资金支出的，"
    "按财政资金规定处理（待确认）。涉嫌犯罪的移送公安机关。"
)
_BACK_BASES = (
    "《社会保险经办条例》第五十五条",
    "《社会保险法》第八十八条",
    "《劳动保障监察条例》第十八条第二款",
)
_DUTY = ("《就业促进法》第十五条第三款", "《失业保险条例》第十条第（四）项")

ITEM = Item(
    code="RS15",
    name="职业培训补贴资金",
    family="职业技能培训和职业技能考核鉴定",
    key=True,
    kinds=("enterprise", "nonenterprise", "public_body"),
    kinds_note="领取职业培训补贴的承训机构和企业",
    manners=("off_site", "on_site"),
    specialty="pxjg",
    body="bureau",
    body_name="人力资源和社会保障局（就业资金和基金监督）",
    bases=(
        "《就业促进法》第六十条",
        "《就业促进法》第十五条第三款",
        "《失业保险条例》第十条第（四）项",
        "《失业保险条例》第二十四条第（三）项",
        "《社会保险经办条例》第四十八条第一款",
        "《社会保险经办条例》第五十五条",
        "《社会保险经办条例》第五十七条",
        "《社会保险法》第八十八条",
    ),
    points=(
        Point(
            "抽查的学员中，身份不实或者没有参加培训的有几人？",
            "0人。电话或者当面核实本人，与报名表、签到、照片、社会保险和就业状态一致。",
            "count",
            _DUTY,
            _BACK,
            _BACK_BASES,
            trust=PARTLY,
        ),
        Point(
            "同一时段在两个以上班次的学员有几人？",
            "0人。按身份证号比对全部班次的起止时间，含其他机构和县区。",
            "count",
            _DUTY,
            _BACK,
            _BACK_BASES,
            off_site=True,
            trust=PARTLY,
        ),
        Point(
            "课时和签到属实吗？",
            "课表、签到、考勤设备、视频四者一致；不存在补签、代签、同一设备集中签到。",
            "yes_no",
            _DUTY,
            _BACK,
            _BACK_BASES,
            trust=PARTLY,
        ),
        Point(
            "补贴与就业挂钩的，就业率是百分之几？",
            "不低于补贴文件规定的比例（待确认）；以参保、就业登记核实。不挂钩的留空。",
            "number",
            _DUTY,
            "达不到规定比例的按补贴文件核减、追回（待确认）。",
            ("《就业促进法》第十五条第三款",),
            off_site=True,
            trust=M,
        ),
        Point(
            "同一人同一培训重复享受补贴的有几人？",
            "0人。比对就业补助资金、失业保险基金和其他部门培训补贴的发放名单。",
            "count",
            _DUTY,
            _BACK,
            _BACK_BASES,
            off_site=True,
            trust=PARTLY,
        ),
        Point(
            "没有按规定拨付、使用的补贴是多少元？",
            "0元。已拨付的进入约定账户，用于培训；应发给个人的已发给本人。",
            "money",
            (*_DUTY, "《失业保险条例》第十一条第三款"),
            "挪用的责令追回，有违法所得的没收，依法给予处分；就业补助资金按财政资金规定处理（待确认）。",
            ("《社会保险经办条例》第五十六条", "《失业保险条例》第三十一条"),
            off_site=True,
            trust=PARTLY,
        ),
        Point(
            "申领补贴所附的证书都真实吗？",
            "逐证在证书查询平台核验，姓名、职业、等级、日期一致。",
            "yes_no",
            ("《社会保险经办条例》第二十四条第三款", "《就业促进法》第十五条第三款"),
            _BACK,
            _BACK_BASES,
            off_site=True,
            trust=PARTLY,
        ),
    ),
    materials=(
        Material("开班、课表、签到、教学视频", "核对学员和课时"),
        Material("补贴发放和培训支出凭证", "核对使用"),
        held("补贴申领和审核档案", "核对学员名单和金额", "职业能力建设股室"),
        held("失业保险基金支出明细", "区分资金来源", AGENCY),
        held("参保和就业登记", "核对就业率", "就业服务机构"),
        held("证书查询平台数据", "核对证书", "职业能力建设股室"),
    ),
    outcomes=outcomes(
        Outcome("5", ("none", "educate"), "多领部分已退回，核对到账后了结；骗取的不适用"),
        Outcome(
            "14", ("order", "case", "transfer", "notify"), "追回、立案；抄告财政部门；涉嫌诈骗的移送公安"
        ),
    ),
    exemptions=leniency(never="骗取、挪用补贴资金的", labour=False),
    unverified=(
        "就业补助资金管理办法（补贴条件、比例、追回）：未见",
        "财政违法行为处罚处分条例：全文不在法规库",
    ),
)
