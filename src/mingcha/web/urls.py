from django.urls import path

from mingcha.web import views

app_name = "web"

urlpatterns = [
    path("", views.home, name="home"),
    path("patterns/", views.patterns, name="patterns"),
]
