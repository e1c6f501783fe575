from django.apps import AppConfig
from django.core import checks


class WebConfig(AppConfig):
    name = "mingcha.web"
    label = "web"
    verbose_name = "页面框架"

    def ready(self) -> None:
        """Put the pages of this app into the menu."""
        from mingcha.web import menu, site  # noqa: F401

        checks.register(site.check_public_url, checks.Tags.security, deploy=True)
