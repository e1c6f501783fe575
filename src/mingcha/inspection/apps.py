from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "mingcha.inspection"
    label = "inspection"
    verbose_name = "现场检查"

    def ready(self) -> None:
        from mingcha.inspection import door_part, handlers, providers, waiting  # noqa: F401
        from mingcha.inspection.backfill import events  # noqa: F401
        from mingcha.inspection.backfill import providers as backfill
        from mingcha.inspection.desk import part  # noqa: F401
        from mingcha.inspection.phone import steps
        from mingcha.inspection.results import handlers as result_handlers  # noqa: F401
        from mingcha.inspection.results import parts  # noqa: F401
        from mingcha.inspection.results import providers as results

        providers.register()
        backfill.register()
        results.register()
        steps.register()
        waiting.register()
