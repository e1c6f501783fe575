from django.apps import AppConfig


class LawsConfig(AppConfig):
    name = "mingcha.laws"
    label = "laws"
    verbose_name = "法规库"

    def ready(self) -> None:
        from mingcha.laws import events, providers  # noqa: F401  the vocabulary of the ledger

        providers.register()
