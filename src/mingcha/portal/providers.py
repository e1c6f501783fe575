"""The public pages' own menu."""

from django.utils.translation import gettext_lazy as _

from mingcha.web.navigation import Entry, add_public


def register() -> None:
    """Called once at start-up."""
    add_public(
        Entry(
            code="portal.home", label=_("公示首页"), url_name="portal:home", icon="globe", group="", order=0
        )
    )
    add_public(
        Entry(
            code="portal.draws",
            label=_("随机抽取"),
            url_name="portal:draws",
            icon="dices",
            group="",
            order=10,
        )
    )
    add_public(
        Entry(
            code="portal.how",
            label=_("怎样复算"),
            url_name="portal:how",
            icon="calculator",
            group="",
            order=20,
        )
    )
    add_public(
        Entry(
            code="portal.laws",
            label=_("法律依据"),
            url_name="portal:laws",
            icon="scale",
            group="",
            order=30,
        )
    )
