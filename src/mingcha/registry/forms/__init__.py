"""What people type into the two registers, one file per thing."""

from mingcha.registry.forms.inspectors import InspectorForm, LeaveForm
from mingcha.registry.forms.recusals import OwnRecusalForm, RecusalForm
from mingcha.registry.forms.subjects import ProjectForm, SubjectForm
from mingcha.registry.forms.visits import VisitForm

__all__ = [
    "InspectorForm",
    "LeaveForm",
    "OwnRecusalForm",
    "ProjectForm",
    "RecusalForm",
    "SubjectForm",
    "VisitForm",
]
