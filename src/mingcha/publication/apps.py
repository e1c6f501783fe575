from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "mingcha.publication"
    label = "publication"
    verbose_name = "公示"

    def ready(self) -> None:
        from mingcha.publication import providers

        providers.register()
