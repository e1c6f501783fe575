"""The tables of basics, one file a subject."""

from mingcha.basics.models.approvals import Approval, ApprovalRoute, ApprovalStep, RouteStep
from mingcha.basics.models.attachments import Attachment
from mingcha.basics.models.common import Trust
from mingcha.basics.models.deadlines import Deadline, DeadlineMove, DeadlineNotice, DeadlineRule
from mingcha.basics.models.mail import MorningMail
from mingcha.basics.models.numbers import DocumentNumber, NumberCounter, NumberSeries
from mingcha.basics.models.parameters import Parameter, ParameterValue
from mingcha.basics.models.workdays import CalendarStamp, WorkDay

__all__ = [
    "Approval",
    "ApprovalRoute",
    "ApprovalStep",
    "Attachment",
    "CalendarStamp",
    "Deadline",
    "DeadlineMove",
    "DeadlineNotice",
    "DeadlineRule",
    "DocumentNumber",
    "MorningMail",
    "NumberCounter",
    "NumberSeries",
    "Parameter",
    "ParameterValue",
    "RouteStep",
    "Trust",
    "WorkDay",
]
