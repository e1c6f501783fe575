from django.urls import path

from mingcha.portal.export import views

app_name = "site"

urlpatterns = [
    path("exports/", views.exports, name="exports"),
    path("exports/start/", views.start, name="start-export"),
    path("exports/<int:pk>/site.zip", views.download, name="download-export"),
]
