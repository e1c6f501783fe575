"""What people type into the two registers, one file per thing."""

from mingcha.registry.forms.inspectors import InspectorForm
from mingcha.registry.forms.recusals import RecusalForm
from mingcha.registry.forms.subjects import SubjectForm

__all__ = ["InspectorForm", "RecusalForm", "SubjectForm"]
