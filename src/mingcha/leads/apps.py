from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "mingcha.leads"
    label = "leads"
    verbose_name = "线索"

    def ready(self) -> None:
        from mingcha.leads import providers

        providers.register()
