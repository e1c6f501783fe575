from django.urls import path

from mingcha.web import lookups, views

app_name = "web"

urlpatterns = [
    path("", views.home, name="home"),
    path("lookup/<slug:code>/", lookups.lookup, name="lookup"),
    path("patterns/", views.patterns, name="patterns"),
]
