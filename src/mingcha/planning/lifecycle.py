"""The life of one draw: 拟定 → 已封存 → 号码待核对 → 已抽取未公开 → 已抽取, or 作废 (draw protocol §7.0).

A draft that nobody wants any more is 撤销: it never had a number, and nobody outside ever saw it.
An open draw passes through 已抽取未公开 within the confirmation; a sealed one (暗访) stays there until the
visits are over, at the latest until the day that its plan names (T5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingcha.base.roles import Role, role_labels
from mingcha.items.lifecycle import E3
from mingcha.kernel.lifecycle import Guarding, Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

DRAFT, SEALED, REVEALED, KEPT, DRAWN, VOID = "draft", "sealed", "revealed", "kept", "drawn", "void"
DROPPED = "dropped"
#: Begun, and without a result.
UNFINISHED = (DRAFT, SEALED, REVEALED)
#: The result exists and the teams may be sent; in KEPT nobody outside knows it yet.
COMPLETE = (KEPT, DRAWN)
#: Ended without a result: another may be drafted in its place.
WITHOUT_RESULT = (VOID, DROPPED)


@dataclass(frozen=True)
class DrawFacts:
    """What the guards look at; loaded by `selectors.facts_of`.

    `demand` is inspector places (targets × people a target); `supply` is how many of them the available
    people may take under the limit a person; `entropy_centibits` and `required_bits` measure the source.
    """

    now: datetime
    today: date
    reveal_at: datetime
    lead: timedelta
    visit_from: date
    visit_until: date
    entropy_centibits: int
    required_bits: int
    eligible: int
    drawable: int
    per_target: int
    available_inspectors: int
    demand: int
    supply: int
    specialists_wanted: bool
    specialists: int
    digits_ever_entered: bool
    same_roster_drawn: str
    repeat_reason: str
    division: str
    #: Items that are not published and in force through the visits, in words (N2).
    items_out: str = ""
    #: Nobody else has agreed to the other attempt that this draw is (N4).
    repeat_alone: bool = False
    #: The result of a sealed draw waits for the end of the visits.
    sealed_mode: bool = False
    #: Every task that it made is done or was taken back: nobody can be warned any more.
    nobody_goes: bool = False
    lottery_without_issue: bool = False
    fallback_named: bool = False
    fallback_at: datetime | None = None
    fallback_same: bool = False
    fallback_used: bool = False


def _fallback_fits(facts: DrawFacts) -> bool:
    at = facts.fallback_at
    return at is not None and facts.reveal_at < at and at.date() <= facts.visit_from


_guard: Guarding[DrawFacts] = Guarding("draw")


PROTOCOL = _("SSJ-1 抽取协议 §7.0")
#: The deadline by which a sealed result is public (basics: rules of terms).
OPENING_RULE = "OPEN_SEALED_DRAW"

REVEAL_IS_COMING = _guard(
    "reveal_is_coming",
    lambda facts: facts.reveal_at < facts.now + facts.lead,
    _("摇号时间离现在不足 %(minutes)s 分钟：名单必须先封存、先公布，随机号码后产生"),
    PROTOCOL,
    _("请把摇号时间改到更晚，再封存"),
    lambda facts: {"minutes": int(facts.lead.total_seconds() // 60)},
)
VISITS_FOLLOW = _guard(
    "visits_follow",
    lambda facts: (
        facts.visit_from < facts.today
        or facts.visit_until < facts.visit_from
        or facts.visit_from < facts.reveal_at.date()
    ),
    _("检查时间段不对：开始日期早于今天或早于摇号，或者结束日期早于开始日期"),
    _("国办发〔2024〕54号：检查须按批准的方案和时间进行"),
    _("请修改检查起止日期"),
)
ROSTER_HAS_ELIGIBLE = _guard(
    "roster_has_eligible",
    lambda facts: facts.eligible == 0,
    _("名单里没有可以抽取的检查对象"),
    _("国办发〔2015〕58号：检查对象名录库"),
    _("请先在检查对象名录库中录入，或核对登记状态"),
)
SOMETHING_IS_DRAWN = _guard(
    "something_is_drawn",
    lambda facts: facts.eligible > 0 and facts.drawable == 0,
    _("按现在的比例或户数，一户也抽不到"),
    _("本局方案二（三）1"),
    _("请提高抽取比例或户数"),
)
ENOUGH_PEOPLE = _guard(
    "enough_people",
    lambda facts: facts.available_inspectors < facts.per_target,
    _("整个检查时间段内证件有效的在岗执法人员只有 %(have)s 人，每户需要 %(need)s 人"),
    _("行政处罚法第42条；国办发〔2024〕54号：检查人员不得少于两人"),
    _("请核对执法人员名录库中的证件有效期，或缩短检查时间段"),
    lambda facts: {"have": facts.available_inspectors, "need": facts.per_target},
)
TWO_A_TARGET = _guard(
    "two_a_target",
    lambda facts: facts.per_target < 2,
    _("每户只安排了 %(have)s 人，检查人员不得少于两人"),
    _("行政处罚法第42条；国办发〔2024〕54号"),
    _("请把每户人数改为 2 人以上"),
    lambda facts: {"have": facts.per_target},
)
ENOUGH_CAPACITY = _guard(
    "enough_capacity",
    lambda facts: facts.supply < facts.demand,
    _("需要 %(demand)s 个人次，按每人上限只能派出 %(supply)s 个人次"),
    _("本局方案二（三）2：杜绝抽查任务超期积压"),
    _("请提高每人上限、减少抽取户数，或增加执法人员"),
    lambda facts: {"demand": facts.demand, "supply": facts.supply},
)
SPECIALIST_PRESENT = _guard(
    "specialist_present",
    lambda facts: facts.specialists_wanted and facts.specialists == 0,
    _("可选派的人员中没有人具备所要求的业务专长"),
    _("本局方案二（二）3：人岗匹配、专事专办"),
    _("请改选业务专长，或在执法人员名录库中补充专长"),
)
ENTROPY_SUFFICES = _guard(
    "entropy_suffices",
    lambda facts: facts.entropy_centibits < facts.required_bits * 100,
    _("随机号码的位数不够：只有 %(have)s 比特，至少要 %(need)s 比特"),
    _("SSJ-1 抽取协议 §7.3"),
    _("请增加摇号的位数"),
    lambda facts: {"have": facts.entropy_centibits // 100, "need": facts.required_bits},
)
NOT_A_SECOND_ATTEMPT = _guard(
    "not_a_second_attempt",
    lambda facts: bool(facts.same_roster_drawn) and not facts.repeat_reason.strip(),
    _("同一份名单已经抽取过（%(number)s），一份封存的名单只抽一次"),
    _("国办发〔2015〕58号：全程留痕、责任可追溯"),
    _("确需再抽的，请写明再次抽取的理由；理由和前一次结果都会公开"),
    lambda facts: {"number": facts.same_roster_drawn},
)
A_SECOND_PERSON_AGREES = _guard(
    "a_second_person_agrees",
    lambda facts: bool(facts.same_roster_drawn and facts.repeat_reason.strip()) and facts.repeat_alone,
    _("这是再次抽取（前一次 %(number)s），还没有第二个人同意"),
    _("国办发〔2015〕58号：全程留痕、责任可追溯；不得抽到满意为止"),
    _("请局领导或督导员在抽查任务的页面上核对理由，同意后再封存"),
    lambda facts: {"number": facts.same_roster_drawn},
)
BUREAU_IS_KNOWN = _guard(
    "bureau_is_known",
    lambda facts: not facts.division,
    _("本单位的区划代码还没有录入，编不出抽取编号"),
    _("SSJ-1 抽取协议 §7.2"),
    _("请系统管理员在“单位”中录入本局和六位区划代码"),
)
REVEAL_HAS_COME = _guard(
    "reveal_has_come",
    lambda facts: facts.now < facts.reveal_at,
    _("还没有到公告的摇号时间（%(at)s），不能录入号码"),
    PROTOCOL,
    _("请在公告的时间、当着见证人摇号后录入"),
    lambda facts: {"at": facts.reveal_at.strftime("%Y-%m-%d %H:%M")},
)
REVEAL_IS_NOT_OVER = _guard(
    "reveal_is_not_over",
    lambda facts: facts.now >= facts.reveal_at,
    _("公告的摇号时间（%(at)s）已过，不能再直接作废"),
    _("SSJ-1 抽取协议 §5.2：不得抽到满意为止"),
    _("号码已经摇出的，请录入；确实没有摇号的，由未参与封存的局领导写明理由作废"),
    lambda facts: {"at": facts.reveal_at.strftime("%Y-%m-%d %H:%M")},
)
NO_DIGITS_SEEN = _guard(
    "no_digits_seen",
    lambda facts: facts.digits_ever_entered,
    _("号码已经摇出，结果已经确定，不能作废"),
    _("SSJ-1 抽取协议 §5.2：不得抽到满意为止"),
    _("请继续核对并抽取；个别对象不宜检查的，抽取后按候补替换"),
)

ITEMS_IN_FORCE = _guard(
    "items_in_force",
    lambda facts: bool(facts.items_out),
    _("抽查事项“%(items)s”在检查期间不是已公布并施行的事项"),
    E3,
    _("请修改抽取，改选已公布并在施行期内的事项版本"),
    lambda facts: {"items": facts.items_out},
)

ISSUE_IS_NAMED = _guard(
    "issue_is_named",
    lambda facts: facts.lottery_without_issue,
    _("用快乐8，必须写明是将要开奖的哪一期"),
    _("SSJ-1 抽取协议 §5.2：来源、期号事先写进方案"),
    _("请修改抽取，填写七位期号"),
)
FALLBACK_FOLLOWS = _guard(
    "fallback_follows",
    lambda facts: facts.fallback_named and (facts.fallback_same or not _fallback_fits(facts)),
    _("备用来源要与原定来源不同，时间在原定摇号之后、检查开始之前"),
    _("SSJ-1 抽取协议 §5.2：备用来源事先写进方案"),
    _("请修改抽取，填写备用来源的时间（和期号）"),
)
FALLBACK_IS_STILL_TO_COME = _guard(
    "fallback_is_still_to_come",
    lambda facts: (
        not facts.fallback_named
        or facts.fallback_used
        or facts.fallback_at is None
        or facts.fallback_at < facts.now + facts.lead
    ),
    _("不能改用备用来源：方案没有写明，或者已经启用，或者它的时间已到：知道两个结果再选一个，就不是随机"),
    _("SSJ-1 抽取协议 §5.2：不得抽到满意为止"),
    _("原定的号码已经产生的，请录入；确实没有产生的，由未参与封存的局领导写明理由作废"),
)
VISITS_ARE_OVER = _guard(
    "visits_are_over",
    lambda facts: facts.sealed_mode and facts.today <= facts.visit_until and not facts.nobody_goes,
    _("这次是封存抽取，检查要到 %(until)s 才结束，现在公开会走漏检查对象"),
    _("SSJ-1 抽取协议 §7.0 T5：封存的结果在检查结束后公开"),
    _("请在检查时间段结束后的第二天起公开，最迟不晚于方案写明的日期"),
    lambda facts: {"until": facts.visit_until.isoformat()},
)

_COORDINATOR = frozenset({Role.COORDINATOR.value})
_WITNESSES = frozenset({Role.SECTION_HEAD.value, Role.BUREAU_LEADER.value, Role.OVERSEER.value})

DRAW_LIFECYCLE: Lifecycle[DrawFacts] = Lifecycle(
    name="draw",
    label=_("抽取"),
    states=(
        State(DRAFT, _("拟定")),
        State(SEALED, _("已封存")),
        State(REVEALED, _("号码待核对")),
        State(KEPT, _("已抽取，未公开")),
        State(DRAWN, _("已抽取"), final=True),
        State(VOID, _("作废"), final=True),
        State(DROPPED, _("撤销"), final=True),
    ),
    initial=DRAFT,
    transitions=(
        Transition(
            "seal",
            _("封存名单"),
            (DRAFT,),
            SEALED,
            _COORDINATOR,
            guards=(
                REVEAL_IS_COMING,
                VISITS_FOLLOW,
                ROSTER_HAS_ELIGIBLE,
                SOMETHING_IS_DRAWN,
                TWO_A_TARGET,
                ENOUGH_PEOPLE,
                ENOUGH_CAPACITY,
                SPECIALIST_PRESENT,
                ENTROPY_SUFFICES,
                ISSUE_IS_NAMED,
                FALLBACK_FOLLOWS,
                NOT_A_SECOND_ATTEMPT,
                A_SECOND_PERSON_AGREES,
                BUREAU_IS_KNOWN,
                ITEMS_IN_FORCE,
            ),
        ),
        Transition("drop", _("撤销"), (DRAFT,), DROPPED, _COORDINATOR, needs_reason=True),
        Transition(
            "enter_digits",
            _("录入号码"),
            (SEALED,),
            REVEALED,
            frozenset({Role.COORDINATOR.value, Role.SECTION_HEAD.value}),
            guards=(REVEAL_HAS_COME,),
        ),
        Transition(
            "return_digits",
            _("号码有误，退回重录"),
            (REVEALED,),
            SEALED,
            _WITNESSES,
            needs_reason=True,
        ),
        Transition("confirm_digits", _("核对无误，开始抽取"), (REVEALED,), KEPT, _WITNESSES),
        Transition(
            "open",
            _("公开结果"),
            (KEPT,),
            DRAWN,
            _COORDINATOR | _WITNESSES,
            guards=(VISITS_ARE_OVER,),
        ),
        Transition(
            "use_fallback",
            _("原定来源没有产生号码，改用备用来源"),
            (SEALED,),
            SEALED,
            _WITNESSES,
            guards=(REVEAL_HAS_COME, NO_DIGITS_SEEN, FALLBACK_IS_STILL_TO_COME),
            needs_reason=True,
        ),
        Transition(
            "void",
            _("作废"),
            (SEALED,),
            VOID,
            frozenset({Role.COORDINATOR.value, Role.BUREAU_LEADER.value}),
            guards=(REVEAL_IS_NOT_OVER, NO_DIGITS_SEEN),
            needs_reason=True,
        ),
        Transition(
            "abandon",
            _("没有摇号，作废"),
            (SEALED,),
            VOID,
            frozenset({Role.BUREAU_LEADER.value}),
            guards=(REVEAL_HAS_COME, NO_DIGITS_SEEN),
            needs_reason=True,
        ),
    ),
    role_labels=role_labels(),
)
