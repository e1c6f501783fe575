from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "mingcha.project"
    label = "project"
    verbose_name = "项目"
