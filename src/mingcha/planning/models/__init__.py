"""Tables of planning, one file per thing."""

from mingcha.planning.models.campaigns import (
    CAMPAIGN_READERS,
    Campaign,
    CampaignTarget,
    SuperiorDrawList,
)
from mingcha.planning.models.changes import CHANGE_READERS, ChangeRequest, DispatchChange
from mingcha.planning.models.dispatch import (
    ANSWERING,
    ARRANGERS,
    DISPATCH_READERS,
    TASK_READERS,
    Dispatch,
    DispatchPart,
    Task,
    TaskMember,
    tasks_seen_by,
    tasks_told_to,
)
from mingcha.planning.models.draws import (
    DRAW_READERS,
    PAIRING_READERS,
    PUBLISHED_STATES,
    DigitsAttempt,
    Draw,
    DrawFile,
)
from mingcha.planning.models.evidence import Delivery, Witness
from mingcha.planning.models.extensions import WindowExtension
from mingcha.planning.models.keeping import DrawSecret
from mingcha.planning.models.plans import (
    BASE_LIST_READERS,
    PLAN_READERS,
    AnnualPlan,
    LineStratum,
    PlanBase,
    PlanLine,
    SuperiorPlanList,
)
from mingcha.planning.models.public_register import RegisterLine
from mingcha.planning.models.results import DrawPerson, DrawTarget, TeamMember
from mingcha.planning.models.shares import ItemShare
from mingcha.planning.models.trials import TrialDraw
from mingcha.planning.models.visits import Companion, VisitSlot

__all__ = [
    "ANSWERING",
    "ARRANGERS",
    "AnnualPlan",
    "CAMPAIGN_READERS",
    "CHANGE_READERS",
    "Campaign",
    "CampaignTarget",
    "ChangeRequest",
    "Companion",
    "DISPATCH_READERS",
    "DRAW_READERS",
    "Delivery",
    "Dispatch",
    "DispatchChange",
    "DispatchPart",
    "TASK_READERS",
    "Task",
    "TaskMember",
    "DigitsAttempt",
    "Draw",
    "DrawFile",
    "DrawPerson",
    "DrawSecret",
    "DrawTarget",
    "ItemShare",
    "LineStratum",
    "PAIRING_READERS",
    "BASE_LIST_READERS",
    "PLAN_READERS",
    "PUBLISHED_STATES",
    "PlanBase",
    "PlanLine",
    "RegisterLine",
    "SuperiorDrawList",
    "SuperiorPlanList",
    "TeamMember",
    "TrialDraw",
    "VisitSlot",
    "Witness",
    "tasks_seen_by",
    "tasks_told_to",
    "WindowExtension",
]
