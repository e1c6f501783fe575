from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mingcha.web"
    label = "web"
    verbose_name = "页面框架"

    def ready(self) -> None:
        """Put the pages of this app into the menu."""
        from mingcha.web import menu  # noqa: F401
