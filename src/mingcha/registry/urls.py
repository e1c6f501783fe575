from django.urls import path

from mingcha.registry import subject_urls
from mingcha.registry.importing.pages.urls import urlpatterns as importing
from mingcha.registry.registers import (
    InspectorRegister,
    LeaveRegister,
    RecusalRegister,
    VisitRegister,
)
from mingcha.registry.views import people

app_name = "registry"
urlpatterns = [
    *subject_urls.patterns,
    path("inspectors/availability/", people.availability_page, name="availability"),
    *InspectorRegister.urls(),
    *LeaveRegister.urls(),
    path("leaves/<int:pk>/cancel/", people.cancel_leave, name="leave-cancel"),
    path("recusals/own/", people.own_recusals, name="own-recusals"),
    path("recusals/own/new/", people.declare_own_recusal, name="own-recusal-declare"),
    *RecusalRegister.urls(),
    path("recusals/<int:pk>/approve/", people.approve_recusal, name="recusal-approve"),
    path("recusals/<int:pk>/reject/", people.reject_recusal, name="recusal-reject"),
    *VisitRegister.urls(),
    *importing,
]
