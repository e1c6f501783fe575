"""The addresses of a list's pages, below the registry's own."""

from django.urls import path

from mingcha.registry.importing.pages import views
from mingcha.registry.importing.pages.registers import ImportRegister

urlpatterns = [
    *ImportRegister.urls(),
    path("imports/<int:pk>/progress/", views.progress, name="import-progress"),
    path("imports/<int:pk>/columns/", views.columns, name="import-columns"),
    path("imports/<int:pk>/rows/", views.rows, name="import-rows"),
    path("imports/<int:pk>/rows/<int:position>/", views.fix, name="import-row"),
    path("imports/<int:pk>/rows/<int:position>/skip/", views.skip, name="import-skip"),
    path("imports/<int:pk>/problems/", views.problems, name="import-problems"),
    path("imports/<int:pk>/settle/", views.settle, name="import-settle"),
    path("imports/<int:pk>/options/", views.options, name="import-options"),
    path("imports/<int:pk>/confirm/", views.confirm, name="import-confirm"),
    path("imports/<int:pk>/cancel/", views.cancel, name="import-cancel"),
    path("imports/<int:pk>/undo/", views.undo, name="import-undo"),
    path("imports/<int:pk>/resume/", views.resume, name="import-resume"),
]
