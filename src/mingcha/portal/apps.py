from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "mingcha.portal"
    label = "portal"
    verbose_name = "公众页面"

    def ready(self) -> None:
        from mingcha.portal import providers

        providers.register()
