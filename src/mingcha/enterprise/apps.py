from django.apps import AppConfig


class EnterpriseConfig(AppConfig):
    name = "mingcha.enterprise"
    label = "enterprise"
    verbose_name = "企业页面"

    def ready(self) -> None:
        from mingcha.enterprise import events, providers  # noqa: F401

        providers.register()
