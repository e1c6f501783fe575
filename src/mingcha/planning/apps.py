from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "mingcha.planning"
    label = "planning"
    verbose_name = "抽查"

    def ready(self) -> None:
        from mingcha.planning import handlers, providers, timeline  # noqa: F401
        from mingcha.planning.campaigns import providers as campaign_providers
        from mingcha.planning.dispatch import change_providers
        from mingcha.planning.dispatch import handlers as dispatch_handlers  # noqa: F401
        from mingcha.planning.dispatch import providers as dispatch_providers
        from mingcha.planning.plans import providers as plan_providers

        providers.register()
        plan_providers.register()
        campaign_providers.register()
        dispatch_providers.register()
        change_providers.register()
        timeline.register()
