from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "mingcha.base"
    label = "base"
    verbose_name = "基础"
