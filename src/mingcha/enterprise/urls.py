"""Addresses of a firm's pages, short for the QR's sake; those of officers stand under `office`."""

from django.urls import URLPattern, path

from mingcha.enterprise.registers import ComplaintRegister
from mingcha.enterprise.views import door, office, saying

app_name = "enterprise"
urlpatterns: list[URLPattern] = [
    path("keys.json", door.keys, name="keys"),
    path("office/check-code/", office.check_code, name="check-code"),
    path("office/check-code/<int:pk>/", office.checked, name="code-checked"),
    path("office/ratings/", office.ratings, name="ratings"),
    *ComplaintRegister.urls(),
    path("office/complaints/<int:pk>/handle/", office.handle, name="complaint-handle"),
    path("<str:token>/", door.door, name="door"),
    path("<str:token>/recuse/", saying.recuse, name="recuse"),
    path("<str:token>/rate/", saying.rate, name="rate"),
    path("<str:token>/complain/", saying.complain, name="complain"),
]
