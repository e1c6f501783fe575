"""The public pages' own menu, and the officers' entry for copying them."""

from django.utils.translation import gettext_lazy as _

from mingcha.basics import uses
from mingcha.portal.models import EXPORTERS
from mingcha.web.navigation import Entry, add, add_public


def register() -> None:
    """Called once at start-up."""
    uses.register("MARKET_ENTERPRISES", label=_("公示：名单是否完整"), url_name="portal:draws")
    add_public(
        Entry(
            code="portal.home", label=_("公示首页"), url_name="portal:home", icon="globe", group="", order=0
        )
    )
    add_public(
        Entry(
            code="portal.publications",
            label=_("公示内容"),
            url_name="portal:publications",
            icon="megaphone",
            group="",
            order=5,
        )
    )
    add_public(
        Entry(
            code="portal.results",
            label=_("检查结果"),
            url_name="portal:results",
            icon="clipboard-check",
            group="",
            order=7,
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
    add(
        Entry(
            code="portal.exports",
            label=_("静态站点"),
            url_name="site:exports",
            icon="package",
            group="planning",
            order=70,
            roles=EXPORTERS,
        )
    )
