from django.urls import path

from mingcha.planning import views
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
]
