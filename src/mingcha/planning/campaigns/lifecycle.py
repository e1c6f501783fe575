"""The life of a campaign: 拟定 → 待批准 → 已批准 → 已抽取 → 已派发 → 办结, or 撤销 (N1, N2; E3–E10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Guarding, Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

DRAFT, SUBMITTED, APPROVED = "draft", "submitted", "approved"
DRAWN, DISPATCHED, CLOSED, CANCELLED = "drawn", "dispatched", "closed", "cancelled"
#: Approved and not ended: something may still be drawn, and another draw leaves its firms alone.
RUNNING = (APPROVED, DRAWN, DISPATCHED)
ENDED = (CLOSED, CANCELLED)


@dataclass(frozen=True)
class CampaignFacts:
    """What the guards look at; loaded by `campaigns.facts.facts_of`. Empty strings and tuples are fine.

    `without` names what a special inspection lacks (E10); `specials` counts this year's, `special_limit` is
    how many there may be. `eligible` can be drawn, `to_draw` will be. `undecided` are a superior's firms at
    their cap about which nobody has decided. `open_draws` were begun and are not finished; `undrawn` are a
    superior's firms for which a draw can still be made and nobody has begun one.
    """

    today: date = date(2000, 1, 1)
    visit_until: date = date(2000, 1, 1)
    source_missing: str = ""
    without: tuple[str, ...] = ()
    specials: int = 0
    special_limit: int = 0
    items: int = 1
    items_out: str = ""
    outside_lines: str = ""
    has_lead: bool = True
    on_site_unexplained: bool = False
    secret_strata: str = ""
    eligible: int = 1
    to_draw: int = 1
    people: int = 2
    team_size: int = 2
    undecided: int = 0
    open_draws: int = 0
    undrawn: int = 0


_guard: Guarding[CampaignFacts] = Guarding("campaign")


HAS_A_SOURCE = _guard(
    "has_source",
    lambda facts: bool(facts.source_missing),
    _("来源没有写全：%(what)s"),
    _("国办发〔2024〕54号五：检查须有计划、线索或批准的依据，不得随意检查"),
    _("请补齐来源，再提请批准"),
    lambda facts: {"what": facts.source_missing},
)
SPECIAL_IS_COMPLETE = _guard(
    "special_complete",
    lambda facts: bool(facts.without),
    _("专项检查还缺：%(what)s"),
    _("国办发〔2024〕54号六：专项检查应当评估、订计划，经县级以上人民政府批准，按规定备案并向社会公布"),
    _("请补齐后再提请批准；没有经政府批准的，不得部署专项检查"),
    lambda facts: {"what": "、".join(facts.without)},
)
SPECIALS_ARE_FEW = _guard(
    "specials_few",
    lambda facts: facts.specials >= facts.special_limit > 0,
    _("本年专项检查已有 %(have)s 次，核定的年度数量是 %(most)s 次"),
    _("国办发〔2024〕54号六：专项检查实行年度数量控制"),
    _("请并入已批准的专项或年度计划；确需增加的，先由政府核定数量，再修改参数"),
    lambda facts: {"have": facts.specials, "most": facts.special_limit},
)
HAS_ITEMS = _guard(
    "has_items",
    lambda facts: facts.items == 0,
    _("没有选抽查事项"),
    _("国办发〔2024〕54号三：未经公布的检查事项不得实施"),
    _("请从已公布的抽查事项清单中选择"),
)
ITEMS_IN_FORCE = _guard(
    "items_in_force",
    lambda facts: bool(facts.items_out),
    _("抽查事项“%(items)s”在检查期间不是已公布并施行的事项"),
    _("国办发〔2024〕54号三：未经公布的检查事项不得实施"),
    _("请改选已公布并在施行期内的事项版本，或修改检查日期"),
    lambda facts: {"items": facts.items_out},
)
WITHIN_THE_PLAN = _guard(
    "within_plan",
    lambda facts: bool(facts.outside_lines),
    _("与年度计划不符：%(what)s"),
    _("本局方案二（三）2：严格对照年度抽查计划时限要求推进"),
    _("请改回计划的起止时间之内，或先在年度计划中另立新版"),
    lambda facts: {"what": facts.outside_lines},
)
VISITS_ARE_TO_COME = _guard(
    "visits_to_come",
    lambda facts: facts.visit_until < facts.today,
    _("检查结束日期 %(day)s 已经过去"),
    _("国办发〔2024〕54号五：检查前制定检查方案并报批准"),
    _("请修改检查起止日期"),
    lambda facts: {"day": facts.visit_until.isoformat()},
)
HAS_A_LEAD = _guard(
    "has_lead",
    lambda facts: not facts.has_lead,
    _("没有牵头股室"),
    _("本局方案二（四）：局内联合抽查；三（一）：各股室指导本条线"),
    _("请选定一个牵头股室"),
)
ON_SITE_IS_EXPLAINED = _guard(
    "on_site_explained",
    lambda facts: facts.on_site_unexplained,
    _("所选事项可以非现场检查，却要入企，没有写明理由"),
    _("国办发〔2024〕54号四：能通过书面核查、信息共享、智慧监管等方式监管的，不得入企实施现场检查"),
    _("请改为非现场检查，或写明必须入企的理由"),
)
STRATA_MAY_BE_PUBLIC = _guard(
    "strata_public",
    lambda facts: bool(facts.secret_strata),
    _("不能“%(how)s”分层：公开的名单会泄露每户的等级"),
    _("国市监信发〔2022〕6号：信用风险分类结果供内部使用，不公开（待确认）；本局分层公开范围见参数"),
    _("请改按可以公开的事实分层；年度计划的任务这样分层的，另立新版改正"),
    lambda facts: {"how": facts.secret_strata},
)
SOMEBODY_CAN_BE_DRAWN = _guard(
    "somebody",
    lambda facts: facts.eligible == 0 or facts.to_draw == 0,
    _("名单里可以抽取的有 %(eligible)s 户，将抽取 %(draw)s 户"),
    _("国办发〔2015〕58号：检查对象名录库；比例不足一户的按一户"),
    _("请核对范围、比例和登记状态；被排除的原因见名单表"),
    lambda facts: {"eligible": facts.eligible, "draw": facts.to_draw},
)
ENOUGH_FOR_A_TEAM = _guard(
    "enough_people",
    lambda facts: facts.people < facts.team_size,
    _("检查期间可以派出的执法人员只有 %(have)s 人，每户需要 %(need)s 人"),
    _("行政处罚法第42条；国办发〔2024〕54号五：检查人员不得少于两人"),
    _("请核对执法人员的证件和离岗安排，或缩短检查时间、请市局支援"),
    lambda facts: {"have": facts.people, "need": facts.team_size},
)
CAPS_ARE_DECIDED = _guard(
    "caps_decided",
    lambda facts: facts.undecided > 0,
    _("上级抽中的 %(n)s 户已达年度入企频次上限，还没有决定是否检查"),
    _("国办发〔2024〕54号四：年度检查频次上限（上级部署的专项除外）"),
    _("请逐户写明理由，决定仍然检查或报上级不检查"),
    lambda facts: {"n": facts.undecided},
)
NOTHING_UNDER_WAY = _guard(
    "nothing_under_way",
    lambda facts: facts.open_draws > 0,
    _("还有 %(n)s 次抽取没有完成"),
    _("SSJ-1 抽取协议 §5.2：每个抽取编号都要有结果"),
    _("请先完成抽取，或在摇号前作废"),
    lambda facts: {"n": facts.open_draws},
)
NOTHING_LEFT_TO_DRAW = _guard(
    "left_to_draw",
    lambda facts: facts.undrawn > 0,
    _("上级抽中的企业还有 %(n)s 户没有抽取检查人员"),
    _("国办发〔2015〕58号：上级抽中的对象不得随意不查"),
    _("请先拟定抽取，为这些企业选派检查人员，再办结"),
    lambda facts: {"n": facts.undrawn},
)

_COORDINATOR = frozenset({Role.COORDINATOR.value})
_LEADER = frozenset({Role.BUREAU_LEADER.value})

CAMPAIGN: Final[Lifecycle[CampaignFacts]] = Lifecycle(
    name="campaign",
    label=_("抽查任务"),
    states=(
        State(DRAFT, _("拟定")),
        State(SUBMITTED, _("待批准")),
        State(APPROVED, _("已批准")),
        State(DRAWN, _("已抽取")),
        State(DISPATCHED, _("已派发")),
        State(CLOSED, _("办结"), final=True),
        State(CANCELLED, _("撤销"), final=True),
    ),
    initial=DRAFT,
    transitions=(
        Transition(
            "submit",
            _("提请批准方案和名单"),
            (DRAFT,),
            SUBMITTED,
            _COORDINATOR,
            guards=(
                HAS_A_SOURCE,
                SPECIAL_IS_COMPLETE,
                SPECIALS_ARE_FEW,
                HAS_ITEMS,
                ITEMS_IN_FORCE,
                WITHIN_THE_PLAN,
                VISITS_ARE_TO_COME,
                HAS_A_LEAD,
                ON_SITE_IS_EXPLAINED,
                STRATA_MAY_BE_PUBLIC,
                CAPS_ARE_DECIDED,
                SOMEBODY_CAN_BE_DRAWN,
                ENOUGH_FOR_A_TEAM,
            ),
        ),
        Transition("approve", _("批准"), (SUBMITTED,), APPROVED, frozenset(), by_system=True),
        Transition("give_back", _("退回修改"), (SUBMITTED,), DRAFT, frozenset(), by_system=True),
        Transition("record_draw", _("抽取完成"), (APPROVED,), DRAWN, frozenset(), by_system=True),
        Transition("record_dispatch", _("派发"), (APPROVED, DRAWN), DISPATCHED, frozenset(), by_system=True),
        Transition(
            "close",
            _("办结"),
            (DISPATCHED,),
            CLOSED,
            _COORDINATOR,
            guards=(NOTHING_UNDER_WAY, NOTHING_LEFT_TO_DRAW),
            needs_reason=True,
        ),
        Transition("drop", _("撤销"), (DRAFT,), CANCELLED, _COORDINATOR, needs_reason=True),
        Transition(
            "cancel",
            _("撤销"),
            (APPROVED, DRAWN),
            CANCELLED,
            _LEADER,
            guards=(NOTHING_UNDER_WAY,),
            needs_reason=True,
        ),
    ),
    role_labels=role_labels(),
)
