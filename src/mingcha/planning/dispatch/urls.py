"""Addresses of dispatching; planning's own module splices them in."""

from django.urls import URLPattern, path

from mingcha.planning.dispatch.registers import DispatchRegister, TaskRegister
from mingcha.planning.dispatch.views import batches, mine

urlpatterns: list[URLPattern] = [
    *DispatchRegister.urls(),
    path("dispatches/<int:pk>/do/<slug:name>/", batches.verb, name="dispatch-verb"),
    *TaskRegister.urls(),
    path("my-tasks/", mine.my_tasks, name="my-tasks"),
]
