from django.urls import path

from mingcha.project.jobs import views
from mingcha.project.jobs.registers import JobRegister

app_name = "jobs"

urlpatterns = [
    *JobRegister.urls(),
    path("<int:pk>/progress/", views.progress, name="job-progress"),
    path("<int:pk>/cancel/", views.cancel, name="job-cancel"),
    path("<int:pk>/retry/", views.retry, name="job-retry"),
    path("<int:pk>/acknowledge/", views.acknowledge, name="job-acknowledge"),
]
