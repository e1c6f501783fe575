"""The life of a lead, from 待受理 to how it ends (部令25号第十八条；国办发〔2024〕54号四、五).

Whoever complains is answered, whichever way the complaint came: it is taken up or declined by itself before
it is merged, and merging joins the facts alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Guard, Guarding, Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _
from mingcha.leads.vocabulary import NEVER_FOR_A_COMPLAINT, OF_JURISDICTION, Ground, Jurisdiction

PENDING, ASKED, ACCEPTED, UNDER_WAY = "pending", "asked", "accepted", "under_way"
CLOSED, DECLINED, MERGED, SENT_ON, VOID = "closed", "declined", "merged", "sent_on", "void"
#: Where something is still to be done.
OPEN: Final = (PENDING, ASKED, ACCEPTED, UNDER_WAY)
#: Where nothing has been decided yet.
BEFORE_ACCEPTING: Final = (PENDING, ASKED)
#: Where it has come to an end with us, and who came or who sent it may still have to be told.
ENDED: Final = (CLOSED, DECLINED, MERGED, SENT_ON)
#: Where it was taken up and is worked on.
TAKEN_UP: Final = (ACCEPTED, UNDER_WAY)


@dataclass(frozen=True)
class LeadFacts:
    """What decides about a lead.

    complaint   somebody complains in it, also where another authority passed it on
    person      somebody complains or reports in it
    answers     who acts handles it, or is head over the section that does
    registers   who acts sees to what comes in for the whole bureau
    who         who answers for it, in words
    too_old     the violation ended longer before the lead came than it may be pursued (T23)
    ground      on what ground it is to be declined, empty while nobody has said so
    recused     who is to handle it must stay away from the firm
    unfinished  an inspection made of it is still under way
    taken_up    it was accepted
    seconded    somebody else has asked that it be declared void
    passed_on   another authority sent it, and wants to know what came of it
    concluded   what came of it is known; of a merged one, of that into which it was merged
    unserved    verbs whose paper has been written and not been served yet
    """

    complaint: bool = False
    person: bool = False
    answers: bool = False
    registers: bool = False
    who: str = ""
    handled: bool = False
    identified: bool = False
    too_old: bool = False
    jurisdiction: str = ""
    ground: str = ""
    asked_before: bool = False
    proposed: bool = False
    same_firm: bool = True
    recused: bool = False
    unfinished: bool = False
    taken_up: bool = False
    seconded: bool = False
    passed_on: bool = False
    concluded: bool = False
    unserved: frozenset[str] = frozenset()


_guard: Guarding[LeadFacts] = Guarding("lead")
_EIGHTEEN = _("部令25号《关于实施〈劳动保障监察条例〉若干规定》第十八条")
_WHO_ACTS = _("本局监管工作实施方案：谁承办、谁负责")
_TRACE = _("国办发〔2024〕54号五：行政检查全过程记录")

ANSWERS = _guard(
    "answers",
    lambda facts: not facts.answers,
    _("这件线索由%(who)s办理"),
    _WHO_ACTS,
    _("请由承办人或股室负责人办理；需要换人的，由综合经办或股室负责人改派"),
    lambda facts: {"who": facts.who},
)
MAY_WORK = _guard(
    "works",
    lambda facts: not (facts.answers or facts.registers),
    _("这件线索由%(who)s办理"),
    _WHO_ACTS,
    _("请由承办人、股室负责人或综合经办办理"),
    lambda facts: {"who": facts.who},
)
HANDLED = _guard(
    "handled",
    lambda facts: not facts.handled,
    _("还没有指定承办人，不能受理"),
    _("部令25号第十八条：投诉受理之日即立案查处，须有人承办"),
    _("请先指定承办人"),
)
NOT_TOO_OLD = _guard(
    "too_old",
    lambda facts: facts.complaint and facts.too_old,
    _("违法行为终了到收到投诉已超过查处时效，不能受理"),
    _("《劳动保障监察条例》第二十条；部令25号第十八条第一项"),
    _("请不予受理并书面通知投诉人；违法行为有连续或继续状态的，更正终了日期"),
)
KNOWN_EMPLOYER = _guard(
    "no_employer",
    lambda facts: facts.complaint and not facts.identified,
    _("投诉没有明确的被投诉用人单位，不能受理"),
    _("部令25号第十八条第二项"),
    _("请在名录库里认定用人单位；认不出的，告知投诉人补正"),
)
LOOKED_AT = _guard(
    "not_looked_at",
    lambda facts: facts.complaint and not facts.jurisdiction,
    _("还没有核对这件投诉是否属于本局职权和管辖"),
    _("部令25号第十八条第三项；《劳动保障监察条例》第十一条、第十三条"),
    _("请先核对受理条件"),
)
OURS = _guard(
    "not_ours",
    lambda facts: facts.jurisdiction not in ("", Jurisdiction.OURS),
    _("已核对为不由本局查处，不能受理"),
    _("部令25号第十八条第三项；《劳动保障监察条例》第十一条、第十三条、第二十一条"),
    _("请不予受理并告知去处，或转给有权的部门；核对有误的，更正核对结果"),
)
IDENTIFIED = _guard(
    "not_identified",
    lambda facts: not facts.identified,
    _("还没有认定检查对象，不能检查"),
    _("国办发〔2024〕54号五：检查方案须写明检查对象"),
    _("请先在名录库里认定这件线索说的是哪一户"),
)
GROUND_FITS_KIND = _guard(
    "ground_of_complaint",
    lambda facts: facts.complaint and facts.ground in NEVER_FOR_A_COMPLAINT,
    _("投诉不能以这个理由不予受理"),
    _EIGHTEEN,
    _("请选择第十八条写明的情形；材料不清的，告知投诉人补正"),
)
GROUND_FITS_AGE = _guard(
    "ground_too_old",
    lambda facts: facts.ground == Ground.TOO_OLD and not facts.too_old,
    _("按登记的终了日期，没有超过查处时效"),
    _("《劳动保障监察条例》第二十条"),
    _("请核对违法行为终了日期；行为仍在持续的，不能以超过时效为由不予受理"),
)
GROUND_FITS_EMPLOYER = _guard(
    "ground_no_employer",
    lambda facts: facts.ground == Ground.NO_EMPLOYER and (facts.identified or not facts.asked_before),
    _("没有先告知补正，或者用人单位已经认定，不能以此不予受理"),
    _("部令25号第十八条第二项：告知投诉人补正"),
    _("请先告知补正；用人单位已认定的，另选理由"),
)
GROUND_FITS_JURISDICTION = _guard(
    "ground_jurisdiction",
    lambda facts: facts.ground in OF_JURISDICTION and facts.jurisdiction != facts.ground,
    _("不予受理的理由和核对受理条件的结果不一致"),
    _("部令25号第十八条第三项"),
    _("请先在“核对受理条件”里写明核对结果"),
)
PROPOSED = _guard(
    "not_proposed",
    lambda facts: not facts.proposed,
    _("承办人没有提出建议"),
    _TRACE,
    _("不用再办；刷新页面查看现在的情况"),
)
SAME_FIRM = _guard(
    "another_firm",
    lambda facts: not facts.same_firm,
    _("只能并入反映同一用人单位、已经受理还没有办结的线索"),
    _TRACE,
    _("请从同一户近期的线索里选一件已经受理的；那一件还没有受理的，先受理那一件"),
)
ACCEPTED_FIRST = _guard(
    "not_taken_up",
    lambda facts: not facts.taken_up,
    _("还没有受理，不能并案：并案只合并事实，不代替对来人的答复"),
    _EIGHTEEN,
    _("请先受理这一件，或者不予受理并书面通知；受理以后再并案"),
)
TWO_TO_VOID = _guard(
    "void_alone",
    lambda facts: facts.person and not facts.seconded,
    _("有人投诉、举报的登记，不能由一个人作废"),
    _("部令25号第十八条：投诉须受理或者答复；本局监管工作实施方案三（二）"),
    _("请一人“提请作废”并写明理由，由另一名综合经办或股室负责人作废；真有其事的，照常受理或不予受理"),
)
ONE_IS_ENOUGH = _guard(
    "void_at_once",
    lambda facts: not facts.person,
    _("这件没有投诉人、举报人，可以直接作废"),
    _TRACE,
    _("请直接“登记作废”"),
)
NOT_RECUSED = _guard(
    "recused",
    lambda facts: facts.recused,
    _("这名工作人员对该单位须回避，不能承办"),
    _("《劳动保障监察条例》第十六条；《行政处罚法》第四十三条"),
    _("请改派另一人承办"),
)
FINISHED = _guard(
    "unfinished",
    lambda facts: facts.unfinished,
    _("由这件线索产生的检查还没有结束，不能办结、转出或并入别的线索"),
    _TRACE,
    _("请先完成或取消检查：结果公示后自动办结；要并案的，把另一件并入这一件"),
)

CONCLUDED = _guard(
    "not_concluded",
    lambda facts: not facts.concluded,
    _("并入的那一件还没有办结，现在没有结果可以答复"),
    _EIGHTEEN,
    _("请在那一件办结以后，对每一件的投诉人、来文单位分别答复"),
)
SOMEBODY_COMPLAINS = _guard(
    "nobody_complains",
    lambda facts: not facts.complaint,
    _("这件没有投诉人"),
    _EIGHTEEN,
    _("不用答复；来文单位要求反馈的，登记反馈"),
)
SOMEBODY_SENT_IT = _guard(
    "nobody_sent_it",
    lambda facts: not facts.passed_on,
    _("这件不是别的单位转来的"),
    _TRACE,
    _("不用反馈；有投诉人的，答复投诉人"),
)


def _served_first(verb: str) -> Guard[LeadFacts]:
    return _guard(
        f"unserved_{verb}",
        lambda facts: verb in facts.unserved,
        _("上一份同样的文书还没有登记送达"),
        _TRACE,
        _("请先登记那一份的送达情况"),
    )


_HEADS = frozenset({Role.SECTION_HEAD.value, Role.BUREAU_LEADER.value})
_KEEPERS = frozenset({Role.COORDINATOR.value, Role.SECTION_HEAD.value})
_WORKERS = frozenset({Role.COORDINATOR.value, Role.SECTION_HEAD.value, Role.INSPECTOR.value})
_GROUNDS = (GROUND_FITS_KIND, GROUND_FITS_AGE, GROUND_FITS_EMPLOYER, GROUND_FITS_JURISDICTION)


def _stays(
    verb: str,
    label: str,
    states: tuple[str, ...],
    roles: frozenset[str],
    *guards: Guard[LeadFacts],
    needs_reason: bool = False,
) -> Iterator[Transition[LeadFacts]]:
    """What is done to a lead without taking it further."""
    for state in states:
        yield Transition(verb, label, (state,), state, roles, guards=guards, needs_reason=needs_reason)


LEAD: Final[Lifecycle[LeadFacts]] = Lifecycle(
    name="lead",
    label=_("线索"),
    states=(
        State(PENDING, _("待受理")),
        State(ASKED, _("待补正")),
        State(ACCEPTED, _("已受理")),
        State(UNDER_WAY, _("办理中")),
        State(CLOSED, _("已办结")),
        State(DECLINED, _("不予受理")),
        State(MERGED, _("已并案")),
        State(SENT_ON, _("已转出")),
        State(VOID, _("登记作废"), final=True),
    ),
    initial=PENDING,
    transitions=(
        Transition(
            "accept",
            _("受理"),
            (PENDING,),
            ACCEPTED,
            _WORKERS,
            guards=(ANSWERS, HANDLED, NOT_TOO_OLD, KNOWN_EMPLOYER, LOOKED_AT, OURS),
        ),
        Transition(
            "ask_for_more",
            _("告知补正"),
            (PENDING,),
            ASKED,
            _WORKERS,
            guards=(ANSWERS,),
            needs_reason=True,
        ),
        Transition("more_came", _("已补正"), (ASKED,), PENDING, _WORKERS, guards=(MAY_WORK,)),
        Transition("inspect", _("开始检查"), (ACCEPTED,), UNDER_WAY, _WORKERS, (IDENTIFIED,), by_system=True),
        Transition("release", _("检查撤销，继续办理"), (UNDER_WAY,), ACCEPTED, frozenset(), by_system=True),
        Transition(
            "close",
            _("办结"),
            (ACCEPTED, UNDER_WAY),
            CLOSED,
            _WORKERS,
            guards=(ANSWERS, FINISHED),
            by_system=True,
            needs_reason=True,
        ),
        Transition(
            "decline",
            _("不予受理"),
            BEFORE_ACCEPTING,
            DECLINED,
            _HEADS,
            guards=(ANSWERS, *_GROUNDS),
            needs_reason=True,
        ),
        Transition(
            "send_on",
            _("转出"),
            (PENDING, ASKED, ACCEPTED),
            SENT_ON,
            _HEADS,
            guards=(ANSWERS, FINISHED),
            needs_reason=True,
        ),
        Transition(
            "merge",
            _("并案"),
            (PENDING, ASKED, ACCEPTED),
            MERGED,
            _WORKERS,
            guards=(MAY_WORK, IDENTIFIED, ACCEPTED_FIRST, SAME_FIRM, FINISHED),
        ),
        Transition("revive", _("恢复单独办理"), (MERGED,), ACCEPTED, frozenset(), by_system=True),
        *_stays(
            "answer",
            _("答复投诉人"),
            (CLOSED, MERGED),
            _WORKERS,
            MAY_WORK,
            SOMEBODY_COMPLAINS,
            CONCLUDED,
            _served_first("answer"),
        ),
        *_stays(
            "feed_back",
            _("反馈来文单位"),
            ENDED,
            _WORKERS,
            MAY_WORK,
            SOMEBODY_SENT_IT,
            CONCLUDED,
            _served_first("feed_back"),
        ),
        *_stays(
            "propose",
            _("提出建议"),
            (PENDING, ASKED, ACCEPTED),
            _WORKERS,
            ANSWERS,
            *_GROUNDS,
            needs_reason=True,
        ),
        *_stays(
            "set_aside",
            _("不同意建议"),
            (PENDING, ASKED, ACCEPTED),
            _HEADS,
            ANSWERS,
            PROPOSED,
            needs_reason=True,
        ),
        *_stays("assign", _("指定承办人"), (*OPEN, *ENDED), _KEEPERS, MAY_WORK, NOT_RECUSED),
        *_stays("identify", _("认定检查对象"), (PENDING, ASKED, ACCEPTED), _WORKERS, MAY_WORK, NOT_RECUSED),
        *_stays("assess", _("核对受理条件"), BEFORE_ACCEPTING, _WORKERS, MAY_WORK),
        *_stays("change", _("修改登记"), BEFORE_ACCEPTING, _KEEPERS, MAY_WORK),
        *_stays("add_paper", _("上传材料"), (*OPEN, *ENDED), _WORKERS, MAY_WORK),
        *_stays("add_person", _("补登投诉人、举报人"), OPEN, _WORKERS, MAY_WORK),
        *_stays("ask_void", _("提请作废"), (PENDING,), _WORKERS, MAY_WORK, ONE_IS_ENOUGH, needs_reason=True),
        Transition(
            "void",
            _("登记作废"),
            (PENDING,),
            VOID,
            _KEEPERS,
            guards=(MAY_WORK, TWO_TO_VOID),
            needs_reason=True,
        ),
    ),
    role_labels=role_labels(),
)
