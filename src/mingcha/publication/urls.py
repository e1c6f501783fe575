from django.urls import path

from mingcha.publication import views
from mingcha.publication.registers import PublicationRegister

app_name = "publication"

urlpatterns = [
    *PublicationRegister.urls(),
    path("types/", views.types_page, name="types"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/return/", views.return_, name="return"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
