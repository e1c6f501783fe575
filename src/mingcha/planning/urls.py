from django.urls import path

from mingcha.planning import plan_line_views, plan_views, superior_views, views
from mingcha.planning.plan_registers import PlanRegister
from mingcha.planning.registers import DrawRegister

app_name = "planning"
urlpatterns = [
    *DrawRegister.urls(),
    path("draws/<int:pk>/seal/", views.seal, name="draw-seal"),
    path("draws/<int:pk>/notice/", views.notice, name="draw-notice"),
    path("draws/<int:pk>/digits/", views.enter_digits, name="draw-digits"),
    path("draws/<int:pk>/return/", views.return_digits, name="draw-return"),
    path("draws/<int:pk>/confirm/", views.confirm_digits, name="draw-confirm"),
    path("draws/<int:pk>/void/", views.void, name="draw-void"),
    path("draws/<int:pk>/abandon/", views.abandon, name="draw-abandon"),
    path("draws/<int:pk>/bundle/", views.bundle, name="draw-bundle"),
    *PlanRegister.urls(),
    path("plans/<int:pk>/do/<slug:name>/", plan_views.verb, name="plan-verb"),
    path("plans/<int:pk>/freeze/", plan_views.freeze, name="plan-freeze"),
    path("plans/<int:pk>/new-version/", plan_views.new_version, name="plan-new-version"),
    path("plans/<int:pk>/people/", plan_views.people, name="plan-people"),
    path("plans/<int:pk>/progress/", plan_views.progress, name="plan-progress"),
    path("plans/<int:pk>/base/", plan_views.base, name="plan-base"),
    path("plans/<int:pk>/base/file/", plan_views.base_file, name="plan-base-file"),
    path("plans/<int:pk>/versions/", plan_views.versions, name="plan-versions"),
    path("plans/<int:pk>/superior/", superior_views.receive, name="plan-superior"),
    path("plans/<int:pk>/packages/", plan_views.packages, name="plan-packages"),
    path("plans/<int:pk>/lines/new/", plan_line_views.create, name="plan-line-create"),
    path("plan-superior/<int:pk>/", superior_views.confirm, name="plan-superior-confirm"),
    path("plan-lines/<int:pk>/", plan_line_views.line, name="plan-line"),
    path("plan-lines/<int:pk>/edit/", plan_line_views.change, name="plan-line-edit"),
    path("plan-lines/<int:pk>/rates/", plan_line_views.rates, name="plan-line-rates"),
    path("plan-lines/<int:pk>/remove/", plan_line_views.remove, name="plan-line-remove"),
    path("plan-lines/<int:pk>/members/", plan_views.members, name="plan-members"),
]
