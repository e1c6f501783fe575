"""RS14 职业技能等级认定、职业技能鉴定机构."""

from __future__ import annotations

from mingcha.items.initial.common import LOCAL_LENIENCY, M, held, leniency, outcomes
from mingcha.items.initial.model import Item, Material, Outcome, Point

_FINE = "责令改正，没收违法所得，并处1万元以上5万元以下罚款；情节严重的吊销许可证。"
_FINE_BASES = ("《劳动保障监察条例》第二十八条第一款",)
_DUTY = ("《劳动法》第六十九条", "《劳动保障监察条例》第十一条第（八）项")
_IF_RULED = f"违反国家有关规定的（具体规定待确认），{_FINE}"

ITEM = Item(
    code="RS14",
    name="职业技能等级认定、职业技能鉴定机构",
    family="职业技能培训和职业技能考核鉴定",
    key=False,
    kinds=("enterprise", "nonenterprise", "public_body"),
    kinds_note="备案的职业技能评价、鉴定机构（用人单位和社会培训评价组织）",
    manners=("on_site", "network"),
    specialty="pxjg",
    body="bureau",
    body_name="人力资源和社会保障局（职业能力建设）",
    bases=(
        "《劳动保障监察条例》第二条第二款",
        "《劳动保障监察条例》第十一条第（八）项",
        "《劳动保障监察条例》第二十八条",
        "《劳动法》第六十九条",
    ),
    points=(
        Point(
            "机构已经备案，备案在有效期内吗？",
            "能查到备案（遴选）文件，机构名称、地点一致，没有过期。",
            "yes_no",
            _DUTY,
            f"没有经过备案或者许可从事考核鉴定的，会同市场监管部门依无照经营规定查处取缔；{_FINE}",
            ("《劳动保障监察条例》第二十八条第二款", *_FINE_BASES),
            off_site=True,
        ),
        Point(
            "评价的职业（工种）和等级都在备案范围内吗？",
            "抽查近一年评价批次，逐批与备案范围比对，没有超出。",
            "yes_no",
            _DUTY,
            _IF_RULED,
            _FINE_BASES,
            off_site=True,
            trust=M,
        ),
        Point(
            "考务记录齐全，考场视频按期保存吗？",
            "抽查批次有考务方案、签到、评分表、考场记录和全程视频（保存期限待确认）。",
            "yes_no",
            _DUTY,
            _IF_RULED,
            _FINE_BASES,
            trust=M,
        ),
        Point(
            "题库和试卷有保密制度，没有泄题吗？",
            "试题领取、启封、回收、销毁有签字记录，接触人员签了保密承诺。",
            "yes_no",
            _DUTY,
            _IF_RULED,
            _FINE_BASES,
            trust=M,
        ),
        Point(
            "考评员都有资格，也不考评自己培训的学员吗？",
            "每批考评员在有效的考评员名册中，与本批考生没有培训关系或者亲属关系。",
            "yes_no",
            _DUTY,
            _IF_RULED,
            _FINE_BASES,
            trust=M,
        ),
        Point(
            "颁发的证书数据与评价记录一致吗？",
            "证书查询平台上的姓名、职业、等级、日期与评价档案逐人一致；没有未参加评价的人。",
            "yes_no",
            _DUTY,
            _IF_RULED,
            _FINE_BASES,
            off_site=True,
            trust=M,
        ),
        Point(
            "收费按公示的标准收吗？",
            "收费项目和标准已公示，与票据一致，没有强制培训、搭车收费。",
            "yes_no",
            _DUTY,
            f"{_IF_RULED}价格违法抄告市场监管部门。",
            _FINE_BASES,
            trust=M,
        ),
        Point(
            "没有参加评价、不合格却发了证书的有几人？",
            "0人。抽查发证名单与签到、评分、视频比对。",
            "count",
            _DUTY,
            f"{_FINE}涉嫌伪造、买卖证件的移送公安机关。",
            (*_FINE_BASES, "《劳动保障监察条例》第十八条第二款"),
        ),
    ),
    materials=(
        Material("评价批次考务档案和视频", "核对考务"),
        Material("考评员名册", "核对资格"),
        Material("试题保密记录", "核对题库保密"),
        Material("收费公示和票据", "核对收费"),
        held("备案（遴选）文件", "核对资格和范围", "职业能力建设股室"),
        held("证书查询平台数据", "核对发证", "职业能力建设股室"),
    ),
    outcomes=outcomes(
        Outcome(
            "14", ("order", "case", "transfer", "notify"), "责令改正、立案；通报备案机关；涉嫌犯罪的移送公安"
        ),
    ),
    exemptions=leniency(never="虚假发证、泄露试题的"),
    unverified=(
        "职业技能等级认定、职业技能鉴定的管理规定（范围、考务、题库、考评员、数据、收费）：全文不在法规库",
        LOCAL_LENIENCY,
    ),
)
