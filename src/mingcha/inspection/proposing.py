"""What is asked of a single inspection before anybody approves it (N1–N3, N6; 54号四、五; domain §12)."""

from __future__ import annotations

from mingcha.inspection.facts import InspectionFacts
from mingcha.kernel.lifecycle import Guarding
from mingcha.kernel.refusal import gettext_noop as _

_guard: Guarding[InspectionFacts] = Guarding("draft")
_TWO = _("国办发〔2024〕54号五：实施检查的人员不得少于两人；行政处罚法第42条")
_CAP = _("国办发〔2024〕54号四：年度检查频次上限")
_FOUR = _("国办发〔2024〕54号四：能合并的不得重复，能联合的不得多头")


def _alone(facts: InspectionFacts) -> bool:
    """Whether it is made with people and days of its own."""
    return not facts.draft.added


FROM_A_SOURCE = _guard(
    "no_source",
    lambda facts: facts.enforcing and facts.draft.sources == 0,
    _("这次检查没有来源：没有一件已受理的线索"),
    _("国办发〔2024〕54号四、五：个案检查须有投诉举报、转办交办、数据监测等线索或企业申请"),
    _("请先登记并受理线索；针对一个地区、一个行业的，另立专项抽查任务报批"),
)
NOT_OVER = _guard(
    "window_over",
    lambda facts: facts.visit_until < facts.today,
    _("检查结束日期 %(day)s 已经过去"),
    _("国办发〔2024〕54号五：按批准的方案和时间检查"),
    _("请修改检查起止日期"),
    lambda facts: {"day": facts.visit_until.isoformat()},
)
ALL_MAY_GO = _guard(
    "unfit",
    lambda facts: _alone(facts) and bool(facts.draft.unfit),
    _("有人在整个检查期间不能参加：%(people)s"),
    _TWO,
    _("请改选别人，或改检查起止日期"),
    lambda facts: {"people": "；".join(facts.draft.unfit)},
)
TWO_THROUGHOUT = _guard(
    "two_throughout",
    lambda facts: facts.enforcing and _alone(facts) and facts.draft.going < 2,
    _("整个检查期间持有有效执法证件、无须回避的检查人员只有 %(going)s 人"),
    _TWO,
    _("请至少选两名执法人员，首位为主检"),
    lambda facts: {"going": facts.draft.going},
)
SOMEBODY_GOES = _guard(
    "nobody_goes",
    lambda facts: not facts.enforcing and facts.draft.going == 0,
    _("没有写明谁去"),
    _("国办发〔2024〕54号九：观摩、督导等活动也要记录在案"),
    _("请选择前往的人员"),
)
ONE_KNOWS_IT = _guard(
    "no_specialist",
    lambda facts: _alone(facts) and bool(facts.draft.lacking) and not facts.draft.helped,
    _("检查事项需要%(specialty)s专长，去的人里没有人具备"),
    _("本局方案二（二）3：人岗匹配、专事专办"),
    _("请选一名具备这项专长的执法人员；派不出的，列一名协助人员或专家并写明协助什么"),
    lambda facts: {"specialty": facts.draft.lacking},
)
WITHIN_THE_CAP = _guard(
    "at_cap",
    lambda facts: bool(facts.enforcing and _alone(facts) and facts.draft.counted and facts.draft.at_cap),
    _("这户今年的检查已到上限（%(cap)s），日常检查不能再去"),
    _CAP,
    _("因投诉举报、转办交办、数据监测或企业申请的，检查类型改为个案检查并选择理由；否则明年再查"),
    lambda facts: {"cap": facts.draft.at_cap},
)
REASON_HOLDS = _guard(
    "exempt_reason",
    lambda facts: facts.enforcing and _alone(facts) and bool(facts.draft.doubt),
    _("不计入频次上限的理由不对：个案检查须选一项，日常检查不得写"),
    _CAP,
    _("请在理由中选择与线索相符的一项；都不符合的，检查类型改为日常检查，计入上限"),
)
EXPLAINED = _guard(
    "on_site",
    lambda facts: facts.enforcing and bool(facts.draft.unexplained),
    _("这些事项可以用书面、网络等非现场方式检查，没有写明为何必须入企：%(items)s"),
    _("国办发〔2024〕54号四：能通过书面核查、信息共享、智慧监管等方式监管的，不得入企"),
    _("请写明为何必须入企；能非现场检查的，改用非现场方式"),
    lambda facts: {"items": "、".join(facts.draft.unexplained)},
)
ON_OUR_GROUND = _guard(
    "outside",
    lambda facts: facts.enforcing and bool(facts.draft.outside),
    _("这户在 %(place)s，不在本局辖区，没有协助函"),
    _("国办发〔2024〕54号：属地管辖，严禁违规异地检查"),
    _("请上传当地机关的协助函；没有的，把线索转给有管辖权的机关"),
    lambda facts: {"place": facts.draft.outside},
)
TOGETHER = _guard(
    "meeting",
    lambda facts: facts.enforcing and _alone(facts) and bool(facts.draft.meeting),
    _("这户已有待进行的检查：%(meeting)s"),
    _FOUR,
    _("请选择与它一并检查；确实不能合并的，写明理由"),
    lambda facts: {"meeting": facts.draft.meeting},
)

GUARDS = (
    FROM_A_SOURCE,
    NOT_OVER,
    ALL_MAY_GO,
    TWO_THROUGHOUT,
    SOMEBODY_GOES,
    ONE_KNOWS_IT,
    WITHIN_THE_CAP,
    REASON_HOLDS,
    EXPLAINED,
    ON_OUR_GROUND,
    TOGETHER,
)
