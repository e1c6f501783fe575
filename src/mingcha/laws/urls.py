from django.urls import URLPattern

app_name = "laws"

urlpatterns: list[URLPattern] = []
