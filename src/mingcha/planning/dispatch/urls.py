"""Addresses of dispatching; planning's own module splices them in."""

from django.urls import URLPattern, path

from mingcha.planning.dispatch.change_registers import ChangeRegister
from mingcha.planning.dispatch.registers import DispatchRegister, TaskRegister
from mingcha.planning.dispatch.views import batches, changes, companions, mine, packs, weeks

urlpatterns: list[URLPattern] = [
    *DispatchRegister.urls(),
    path("dispatches/<int:pk>/do/<slug:name>/", batches.verb, name="dispatch-verb"),
    path("dispatch-parts/<int:pk>/", batches.part, name="dispatch-part"),
    path("dispatch-parts/<int:pk>/confirm/", batches.confirm_part, name="dispatch-part-confirm"),
    path("dispatches/<int:pk>/extend/", batches.ask_extension, name="dispatch-extend"),
    path("dispatch-extensions/<int:pk>/", batches.extension, name="dispatch-extension"),
    path("dispatches/<int:pk>/visits/", weeks.visits, name="dispatch-visits"),
    path("dispatches/<int:pk>/workload/", weeks.workload, name="dispatch-workload"),
    path("dispatches/<int:pk>/visits/arrange/", weeks.arrange, name="dispatch-arrange"),
    path("dispatches/<int:pk>/pack/", packs.pack, name="dispatch-pack"),
    path("dispatches/<int:pk>/pack.pdf", packs.pack_pdf, name="dispatch-pack-pdf"),
    path("dispatches/<int:pk>/pack/companions/", companions.add_to_pack, name="pack-companions"),
    *TaskRegister.urls(),
    path("tasks/<int:pk>/move/", weeks.move, name="task-move"),
    path("tasks/<int:pk>/companions/", companions.add_to_task, name="task-companion"),
    path("companions/<int:pk>/remove/", companions.remove, name="companion-remove"),
    path("my-tasks/", mine.my_tasks, name="my-tasks"),
    path("tasks/<int:pk>/reserve/", changes.ask_reserve, name="task-reserve"),
    path("tasks/<int:pk>/replace/", changes.ask_replacement, name="task-replace"),
    path("inspectors/<int:pk>/drop-out/", changes.ask_drop_out, name="inspector-drop-out"),
    path("my-tasks/drop-out/", changes.ask_own_drop_out, name="my-drop-out"),
    *ChangeRegister.urls(),
    path("changes/<int:pk>/approve/", changes.approve, name="change-approve"),
    path("changes/<int:pk>/do/<slug:name>/", changes.verb, name="change-verb"),
]
