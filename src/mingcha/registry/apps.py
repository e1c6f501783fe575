from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "mingcha.registry"
    label = "registry"
    verbose_name = "一单两库"

    def ready(self) -> None:
        from mingcha.registry import providers, subject_providers
        from mingcha.registry.search import signals  # noqa: F401

        providers.register()
        subject_providers.register()
