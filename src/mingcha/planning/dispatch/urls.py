"""Addresses of dispatching; planning's own module splices them in."""

from django.urls import URLPattern, path

from mingcha.planning.dispatch.registers import DispatchRegister, TaskRegister
from mingcha.planning.dispatch.views import batches, mine, weeks

urlpatterns: list[URLPattern] = [
    *DispatchRegister.urls(),
    path("dispatches/<int:pk>/do/<slug:name>/", batches.verb, name="dispatch-verb"),
    path("dispatches/<int:pk>/visits/", weeks.visits, name="dispatch-visits"),
    path("dispatches/<int:pk>/visits/arrange/", weeks.arrange, name="dispatch-arrange"),
    *TaskRegister.urls(),
    path("tasks/<int:pk>/move/", weeks.move, name="task-move"),
    path("my-tasks/", mine.my_tasks, name="my-tasks"),
]
