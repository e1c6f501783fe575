from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "mingcha.project"
    label = "project"
    verbose_name = "项目"

    def ready(self) -> None:
        """Register what the home page and `/healthz` ask, and the pages of background jobs."""
        from mingcha.project import health  # noqa: F401
        from mingcha.project.jobs import providers  # noqa: F401
