"""What several items of the initial list say in the same words.

How the points are put, everywhere in this list: 是 answers a yes_no question as the law asks; a count counts
those who fall short, so 0 is right; the first of the choices is right, and 不涉及 says that the point does
not arise. A consequence names a fine only where an article sets one for that very breach; elsewhere it is
`ORDER`.
"""

from __future__ import annotations

from mingcha.basics.models.common import Trust
from mingcha.items.initial.model import Exemption, Material, Outcome

#: The source of the point is not at hand: shown as 待确认, never as checked.
M = Trust.MEMORY
#: The duty was checked; a number or a detail of it, named in the text, was not.
PARTLY = Trust.PARTLY

AGENCY = "社会保险经办机构"

EMPLOYERS = ("enterprise", "household", "cooperative", "nonenterprise", "public_body")
EMPLOYERS_NOTE = "各类用人单位；国家机关、事业单位、社会团体依职责参照"

#: A duty without a fine of its own: order first, and only the refusal of the order is fined.
ORDER = "没有专门罚则：责令改正；经责令拒不改正的，处2000元以上2万元以下罚款。"
ORDER_BASES = (
    "《劳动保障监察条例》第十八条第一款第（二）项",
    "《劳动保障监察条例》第三十条第一款第（三）项",
)

LOCAL_LENIENCY = "河北省、石家庄市人社领域包容免罚清单和首违认定条件（人数、次数、期间）：未找到"

_USUAL = (
    Outcome("1", ("none",), "告知结果，无需后续处置"),
    Outcome("4", ("notify",), "不同日期核实后，抄告市场监管部门"),
    Outcome("5", ("none", "educate"), "核对改正凭证后了结，说理教育"),
    Outcome("6", ("order", "case"), "固定证据，责令限期改正；需要调查处理的及时立案"),
    Outcome("7", ("order", "case"), "告知配合义务；仍不配合的责令改正，依法立案"),
    Outcome("8", ("none",), "如实记录，反馈日常监管股室"),
    Outcome("9", ("none", "notify"), "核实有无欠薪欠费；登记状态不符的抄告市场监管部门"),
    Outcome("10", ("none",), "更新名录库登记状态"),
    Outcome("11", ("none",), "更新名录库登记状态；仍有用工的按《劳动保障监察条例》第三十三条处理"),
    Outcome("12", ("none",), "更新名录库登记状态"),
    Outcome("13", ("none",), "更新名录库，告知迁入地人社部门"),
    Outcome("14", ("order", "case"), "责令限期改正；依法应当处罚或者需要调查的立案"),
    Outcome("15", ("notify",), "固定初步证据，抄告有权处理的部门"),
)


def outcomes(*own: Outcome) -> tuple[Outcome, ...]:
    """The usual results with their ways forward (domain §2.5); `own` stands in place of the same code."""
    by_code = {outcome.result: outcome for outcome in (*_USUAL, *own)}
    return tuple(by_code[code] for code in sorted(by_code, key=int))


def leniency(*, never: str = "", labour: bool = True) -> tuple[Exemption, ...]:
    """When a breach is not punished (行政处罚法 33); `never` says for what this does not hold.

    labour  the item belongs to labour inspection, where a light breach that is put right ends the case too
    """
    general = (
        Exemption(
            "违法行为轻微并及时改正，没有造成危害后果的，不予处罚，进行教育",
            ("《行政处罚法》第三十三条第一款", "《行政处罚法》第三十三条第三款"),
            never,
        ),
        Exemption(
            "初次违法、危害后果轻微并及时改正的，可以不予处罚，进行教育",
            ("《行政处罚法》第三十三条第一款", "《行政处罚法》第三十三条第三款"),
            never,
        ),
        Exemption(
            "有证据足以证明没有主观过错的，不予处罚，进行教育",
            ("《行政处罚法》第三十三条第二款", "《行政处罚法》第三十三条第三款"),
            "法律、行政法规另有规定的从其规定",
        ),
    )
    if not labour:
        return general
    closed = Exemption(
        "已经立案，情节轻微且已改正的，撤销立案", ("《劳动保障监察条例》第十八条第一款第（三）项",), never
    )
    return (*general, closed)


def held(name: str, why: str, holder: str) -> Material:
    """A paper that the bureau or a named `holder` has already: looked up, never asked of the firm."""
    return Material(name, why, held_by_bureau=True, holder=holder)
