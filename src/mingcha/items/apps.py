from django.apps import AppConfig


class ItemsConfig(AppConfig):
    name = "mingcha.items"
    label = "items"
    verbose_name = "抽查事项"
