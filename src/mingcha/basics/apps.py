from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BasicsConfig(AppConfig):
    name = "mingcha.basics"
    label = "basics"
    verbose_name = _("基础设置")

    def ready(self) -> None:
        from mingcha.accounts import roles
        from mingcha.basics import (  # noqa: F401  they register themselves
            entries,
            handlers,
            known_things,
            lifecycles,
            providers,
            uses,
        )
        from mingcha.basics.services import deadlines

        uses.register(
            deadlines.ESCALATION, label=_("期限：超期多久上报督导"), url_name="basics:deadlines-list"
        )
        roles.describe(lifecycles.DEADLINE)
        roles.describe(lifecycles.APPROVAL)
