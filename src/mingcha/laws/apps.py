from django.apps import AppConfig


class LawsConfig(AppConfig):
    name = "mingcha.laws"
    label = "laws"
    verbose_name = "法规库"
