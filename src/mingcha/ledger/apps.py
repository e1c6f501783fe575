from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "mingcha.ledger"
    label = "ledger"
    verbose_name = "存证链"

    def ready(self) -> None:
        from mingcha.base.service import add_sink
        from mingcha.ledger import checks, jobs, protection, providers  # noqa: F401
        from mingcha.ledger.appending import append

        add_sink(append)
        providers.register()
        # After every migration of any app, not only this one: SQLite drops triggers when it rebuilds a table.
        post_migrate.connect(protection.after_migrate, sender=self, dispatch_uid="ledger.protection")
