from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mingcha.accounts"
    label = "accounts"
    verbose_name = "人员与权限"

    def ready(self) -> None:
        from mingcha.accounts import entries, providers  # noqa: F401  they register themselves
