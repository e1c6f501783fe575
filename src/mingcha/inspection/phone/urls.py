"""Addresses of the inspector's phone."""

from django.urls import path

from mingcha.inspection.views import phone
from mingcha.inspection.views import phone_api as api

urlpatterns = [
    path("", phone.route, name="phone"),
    path("app/", phone.app, name="phone-app"),
    path("worker.js", phone.worker, name="phone-worker"),
    path("api/hello/", api.hello, name="phone-hello"),
    path("api/<int:pk>/", api.exchange, name="phone-exchange"),
    path("api/<int:pk>/numbers/", api.numbers, name="phone-numbers"),
    path("api/<int:pk>/evidence/", api.announce, name="phone-announce"),
    path("api/evidence/<uuid:key>/<int:offset>/", api.piece, name="phone-piece"),
]
