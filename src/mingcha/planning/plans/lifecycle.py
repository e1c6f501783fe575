"""The life of a year's plan: 草稿 → 待审批 → 已批准 → 已公布 → 被替代 or 停止."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Guarding, Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

DRAFT, SUBMITTED, APPROVED = "draft", "submitted", "approved"
PUBLISHED, SUPERSEDED, STOPPED = "published", "superseded", "stopped"
#: A plan that has been before the public; what it says never changes.
PUBLIC = (PUBLISHED, SUPERSEDED)


@dataclass(frozen=True)
class PlanFacts:
    """What submitting and approving depend on; loaded by `plans.facts`.

    `floor` is the least number of enterprises (N5), `certain` the number of different ones that the plan
    reaches whatever is drawn, `expected` an estimate. `shortage` counts team half-days. Lists name lines.
    """

    year: int = 0
    lines: int = 1
    frozen: bool = True
    stale: tuple[str, ...] = ()
    floor: int = 0
    certain: int = 0
    expected: int = 0
    without_items: tuple[str, ...] = ()
    not_in_force: tuple[str, ...] = ()
    outside_year: tuple[str, ...] = ()
    without_lead: tuple[str, ...] = ()
    nothing_drawn: tuple[str, ...] = ()
    on_site_unexplained: tuple[str, ...] = ()
    repealed: tuple[str, ...] = ()
    needed: int = 0
    have: int = 0
    shortage: int = 0
    way_out: str = ""


_guard: Guarding[PlanFacts] = Guarding("plan")


def _named(lines: tuple[str, ...]) -> str:
    return "；".join(lines)


_OWN_PLAN = _("本局方案二（三）1")

HAS_LINES = _guard(
    "has_lines",
    lambda facts: facts.lines == 0,
    _("计划里还没有任务"),
    _OWN_PLAN,
    _("请先添加任务，或导入上级计划"),
)
BASE_IS_FROZEN = _guard(
    "base_is_frozen",
    lambda facts: facts.lines > 0 and (not facts.frozen or bool(facts.stale)),
    _("企业总数和各层户数还没有按基准日冻结，或者冻结以后改过抽查范围：%(lines)s"),
    _("本局方案二（三）1：比例以全区企业总数为分母，分母须有据可查"),
    _("请点“冻结基准”，重新计算各层户数"),
    lambda facts: {"lines": _named(facts.stale) or "—"},
)
FLOOR_IS_MET = _guard(
    "floor_is_met",
    lambda facts: facts.frozen and facts.certain < facts.floor,
    _("企业抽查户数不够：至少要抽 %(floor)s 户不同的企业，这份计划确定能抽到的是 %(certain)s 户"),
    _("本局方案二（三）1：企业年度抽查比例不低于全区企业总数的3%%（向上取整）"),
    _("请提高比例或户数，或让各项任务避开本年已抽查过的对象，以免重复抽到同一户（预计 %(expected)s 户）"),
    lambda facts: {"floor": facts.floor, "certain": facts.certain, "expected": facts.expected},
)
EVERY_LINE_HAS_ITEMS = _guard(
    "line_has_items",
    lambda facts: bool(facts.without_items),
    _("这些任务没有选抽查事项：%(lines)s"),
    _("国办发〔2024〕54号三：未经公布的检查事项不得实施"),
    _("请从已公布的抽查事项清单中选择"),
    lambda facts: {"lines": _named(facts.without_items)},
)
ITEMS_ARE_IN_FORCE = _guard(
    "items_in_force",
    lambda facts: bool(facts.not_in_force),
    _("这些事项在任务的起止时间内没有公布或不在施行期：%(lines)s"),
    _("国办发〔2024〕54号三：未经公布的检查事项不得实施"),
    _("请改选在施行期内的事项版本，或调整任务时间"),
    lambda facts: {"lines": _named(facts.not_in_force)},
)
BASES_STAND = _guard(
    "bases_stand",
    lambda facts: bool(facts.repealed),
    _("这些任务的事项，依据的条文在任务时间内已经废止或删去：%(lines)s"),
    _("国办发〔2024〕54号三：没有法定依据的检查事项坚决清理"),
    _(
        "请先在事项页面拟定新版本、改写依据并公布，再在任务中改选新版本；或从任务中去掉这个事项"
        "（待审批的，请先退回修改）"
    ),
    lambda facts: {"lines": _named(facts.repealed)},
)
PERIODS_IN_THE_YEAR = _guard(
    "period_in_year",
    lambda facts: bool(facts.outside_year),
    _("这些任务的起止时间不在 %(year)s 年内：%(lines)s"),
    _("本局方案二（三）1：年度抽查工作计划"),
    _("请修改任务的起止日期"),
    lambda facts: {"year": facts.year, "lines": _named(facts.outside_year)},
)
EVERY_LINE_HAS_A_LEAD = _guard(
    "line_has_lead",
    lambda facts: bool(facts.without_lead),
    _("这些任务没有发起（牵头）股室：%(lines)s"),
    _("本局方案二（四）：局内联合抽查；三（一）：各股室指导本条线"),
    _("请为每项任务选定一个牵头股室"),
    lambda facts: {"lines": _named(facts.without_lead)},
)
SOMETHING_IS_DRAWN = _guard(
    "line_draws_something",
    lambda facts: bool(facts.nothing_drawn),
    _("这些任务一户也抽不到：%(lines)s"),
    _OWN_PLAN,
    _("请核对抽查范围和比例；范围里没有对象的，先补全名录库或删去任务"),
    lambda facts: {"lines": _named(facts.nothing_drawn)},
)
ON_SITE_IS_EXPLAINED = _guard(
    "on_site_explained",
    lambda facts: bool(facts.on_site_unexplained),
    _("这些任务的事项可以非现场检查，却选了现场检查，没有写明理由：%(lines)s"),
    _("国办发〔2024〕54号四：能通过书面核查、信息共享、智慧监管等方式监管的，不得入企实施现场检查"),
    _("请改为非现场检查，或写明必须入企的理由"),
    lambda facts: {"lines": _named(facts.on_site_unexplained)},
)
SHORTAGE_HAS_A_WAY_OUT = _guard(
    "shortage_explained",
    lambda facts: facts.shortage > 0 and not facts.way_out.strip(),
    _("人员不够：需 %(needed)s 个双人半天，现有 %(have)s 个，在任务时间内缺 %(shortage)s 个"),
    _("本局方案二（三）2：杜绝抽查任务超期积压"),
    _("请按页面上算出的办法调整；仍不够的，在计划里写明解决办法"),
    lambda facts: {"needed": facts.needed, "have": facts.have, "shortage": facts.shortage},
)

_COORDINATOR = frozenset({Role.COORDINATOR.value})
_LEADER = frozenset({Role.BUREAU_LEADER.value})

PLAN: Final[Lifecycle[PlanFacts]] = Lifecycle(
    name="annual-plan",
    label=_("年度抽查计划"),
    states=(
        State(DRAFT, _("草稿")),
        State(SUBMITTED, _("待审批")),
        State(APPROVED, _("已批准")),
        State(PUBLISHED, _("已公布")),
        State(SUPERSEDED, _("被替代"), final=True),
        State(STOPPED, _("停止"), final=True),
    ),
    initial=DRAFT,
    transitions=(
        Transition(
            "submit",
            _("提请审批"),
            (DRAFT,),
            SUBMITTED,
            _COORDINATOR,
            guards=(
                HAS_LINES,
                BASE_IS_FROZEN,
                FLOOR_IS_MET,
                EVERY_LINE_HAS_ITEMS,
                ITEMS_ARE_IN_FORCE,
                BASES_STAND,
                PERIODS_IN_THE_YEAR,
                EVERY_LINE_HAS_A_LEAD,
                SOMETHING_IS_DRAWN,
                ON_SITE_IS_EXPLAINED,
                SHORTAGE_HAS_A_WAY_OUT,
            ),
        ),
        Transition(
            "approve",
            _("批准"),
            (SUBMITTED,),
            APPROVED,
            frozenset(),
            guards=(BASES_STAND,),
            by_system=True,
        ),
        Transition("give_back", _("退回修改"), (SUBMITTED,), DRAFT, frozenset(), by_system=True),
        Transition("publish", _("公布"), (APPROVED,), PUBLISHED, frozenset(), by_system=True),
        Transition("supersede", _("由新版替代"), (PUBLISHED,), SUPERSEDED, frozenset(), by_system=True),
        Transition("drop", _("放弃草稿"), (DRAFT,), STOPPED, _COORDINATOR, needs_reason=True),
        Transition("stop", _("停止执行"), (PUBLISHED,), STOPPED, _LEADER, needs_reason=True),
    ),
    role_labels=role_labels(),
)
