"""What every page needs to know: who looks, the menu, what is wrong with the installation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

import mingcha
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC, Officer, Viewer
from mingcha.web import navigation, providers
from mingcha.web.demo import DemoPerson, people

#: The installation is asked how it is once in so many seconds, not once a page: it costs eight queries.
_BANNERS_SECONDS = 20
_BANNERS = "web.banners"
#: Set by the exporter alone: no header of a request can have this name.
EXPORTING = "mingcha.exporting"


@dataclass
class Page:
    """Facts about the frame around a page; everything that costs is computed when first asked for."""

    request: HttpRequest

    @property
    def viewer(self) -> Viewer:
        return getattr(self.request, "viewer", PUBLIC)

    @property
    def is_officer(self) -> bool:
        return isinstance(self.viewer, Officer)

    @property
    def layout(self) -> str:
        """The frame of pages that both officers and citizens can reach, such as a 404."""
        return "web/base.html" if self.is_officer else "web/public.html"

    @property
    def role_labels(self) -> list[str]:
        """The names of the viewer's roles, in the order in which roles are listed."""
        return [str(role.label) for role in Role if role.value in self.viewer.roles]

    @property
    def initial(self) -> str:
        """The last character of the person's name, as colleagues address each other."""
        return self.viewer.name[-1:]

    @cached_property
    def menu(self) -> list[navigation.MenuGroup]:
        return navigation.grouped_menu(self.viewer, self.request.path)

    @cached_property
    def public_menu(self) -> list[navigation.MenuItem]:
        return navigation.menu(navigation.public_entries(), self.request.path)

    @cached_property
    def banners(self) -> list[providers.Signal]:
        """What everybody signed in must be told."""
        if not self.is_officer:
            return []
        known: list[providers.Signal] | None = cache.get(_BANNERS)
        if known is None:
            known = [signal for signal in providers.signals.gather() if signal.for_everyone]
            cache.set(_BANNERS, known, _BANNERS_SECONDS)
        return known

    @property
    def demo(self) -> bool:
        return settings.DEMO

    @property
    def demo_people(self) -> tuple[DemoPerson, ...]:
        """Whom the demo offers for changing roles; nobody in the copy that no server answers."""
        return () if self.exporting else people()

    @property
    def demo_password(self) -> str:
        """The password of all of them, as the sign-in page tells it."""
        return settings.DEMO_PASSWORD

    @property
    def exporting(self) -> bool:
        """Whether the page is written for the static copy of the public site, where no server answers."""
        return bool(self.request.META.get(EXPORTING))

    @property
    def version(self) -> str:
        return mingcha.__version__


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor: `page` in every template."""
    return {"page": Page(request)}
