from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BaseConfig(AppConfig):
    name = "mingcha.base"
    label = "base"
    verbose_name = "基础"

    def ready(self) -> None:
        """Register base's own checks and jobs, and the job handlers of every app (its module `jobs`)."""
        import mingcha.base.crypto.checks
        import mingcha.base.housekeeping
        import mingcha.base.jobs.housekeeping
        import mingcha.base.limits  # noqa: F401  each registers itself

        autodiscover_modules("jobs")
