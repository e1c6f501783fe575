"""The menu entries of this app."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.web.navigation import Entry, add

add(Entry(code="home", label=_("待办"), url_name="web:home", icon="list-todo", group="work", order=0))
add(
    Entry(
        code="patterns",
        label=_("页面样式"),
        url_name="web:patterns",
        icon="palette",
        group="settings",
        order=900,
        roles=() if settings.DEMO else (Role.ADMINISTRATOR,),
    )
)
