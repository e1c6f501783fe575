from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ItemsConfig(AppConfig):
    name = "mingcha.items"
    label = "items"
    verbose_name = _("抽查事项")

    def ready(self) -> None:
        from mingcha.items import handlers, providers  # noqa: F401  handlers register themselves

        providers.register()
