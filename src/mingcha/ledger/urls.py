from django.urls import path
from django.views.generic import RedirectView

from mingcha.ledger import views
from mingcha.ledger.models import READERS
from mingcha.ledger.registers import RecordRegister
from mingcha.web import access

app_name = "ledger"
urlpatterns = [
    path(
        "", access.officers(*READERS)(RedirectView.as_view(pattern_name="ledger:records-list")), name="home"
    ),
    path("heads/", views.heads, name="heads"),
    *RecordRegister.urls(),
]
