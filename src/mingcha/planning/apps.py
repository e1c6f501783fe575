from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "mingcha.planning"
    label = "planning"
    verbose_name = "抽查"

    def ready(self) -> None:
        from mingcha.planning import providers, timeline

        providers.register()
        timeline.register()
