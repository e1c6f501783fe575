"""The class that a register page is made of; apps subclass it and splice its URLs into theirs."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import django_filters
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import Q
from django.forms import BaseForm
from django.forms.models import model_to_dict
from django.http import Http404
from django.urls import URLPattern, path, reverse

from mingcha.base import limits
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.web import access
from mingcha.web.components import Action, Crumb
from mingcha.web.providers import Tone
from mingcha.web.registers.columns import Column, Section, as_column
from mingcha.web.text import Text


@runtime_checkable
class Creating(Protocol):
    """A register to which people add."""

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> models.Model:
        """Call the service that adds one, with the form's values."""


@runtime_checkable
class Editing(Protocol):
    """A register whose rows people change."""

    def update(self, actor: Viewer, instance: Any, cleaned: dict[str, Any]) -> models.Model:
        """Call the service that changes one, with the form's values."""


class Register:
    """A register of one model. Reads go through `visible_to`, changes through the app's services."""

    model: type[models.Model]
    #: Start of its URL names: `<slug>-list`, `-detail`, `-create`, `-edit`, `-history`, `-export`.
    slug: str
    title: Text
    description: Text = ""
    #: The URL namespace its pages live in; the model's app label unless set.
    namespace: str = ""
    #: Where its pages start below the app's own address; the slug unless set, "" for right there.
    prefix: str | None = None

    #: Who may read; empty for every officer. What of it they see is `visible_to`'s decision.
    read_roles: tuple[Role, ...] = ()
    #: Who may create and edit; must be named when there is a form.
    write_roles: tuple[Role, ...] = ()

    columns: tuple[str | Column, ...] = ()
    filters: tuple[str, ...] = ()
    filterset_class: type[django_filters.FilterSet] | None = None
    search_fields: tuple[str, ...] = ()
    search_hint: Text = ""
    ordering: tuple[str, ...] = ()
    select_related: tuple[str, ...] = ()
    prefetch: tuple[str | models.Prefetch[Any], ...] = ()
    page_sizes: tuple[int, ...] = (20, 50, 100)
    #: Columns by which even a list of a million sorts, while nothing filters it: an index must serve each.
    sorts_many: tuple[str, ...] = ()
    #: How many filters stand in sight; the rest unfolds.
    filters_shown: int = 8

    #: With a form, rows are added where the register is `Creating`, and changed where it is `Editing`.
    form_class: type[BaseForm] | None = None
    create_label: Text = ""
    #: What the button of the creating form says, where "保存" would say too little.
    create_button: Text = ""

    detail_sections: tuple[Section, ...] = ()
    detail_template: str = "web/registers/detail.html"
    exportable: bool = True
    #: Exporting then asks why, marks every sheet with who and when, and is recorded in the ledger.
    holds_personal_data: bool = False
    empty_title: Text = ""
    empty_text: Text = ""

    # What an app overrides

    def initial(self, instance: Any) -> dict[str, Any]:
        """What the form shows of an instance that is to be edited."""
        return model_to_dict(instance)

    def first_values(self, viewer: Viewer, asked: Mapping[str, str]) -> dict[str, Any]:
        """What the form for a new one shows at first, where the address (`?name=value`) asks for it."""
        return {}

    def extra_actions(self, viewer: Viewer, instance: Any) -> Sequence[Action]:
        """What else can be done on the object's page; see `components.verb_actions`."""
        return ()

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        """More links above the list."""
        return ()

    def status(self, instance: Any) -> tuple[Text, Tone] | None:
        """The badge beside the object's name."""
        return None

    def form_class_for(self, instance: Any) -> type[BaseForm] | None:
        """The form that edits this one; a register whose objects differ in kind may have several."""
        return self.form_class

    def stands_for(self, instance: Any) -> Any:
        """Another object whose page is shown instead, such as the one this was merged into; None for none."""
        return None

    def more_tabs(self, viewer: Viewer, instance: Any) -> Sequence[Action]:
        """More pages of the object, as tabs between its facts and its history."""
        return ()

    def more_list_links(self, viewer: Viewer) -> Sequence[Action]:
        """Links beside the export that go on with what the list shows: they receive its address's query."""
        return ()

    def detail_values(self, viewer: Viewer, instance: Any) -> Mapping[str, Any]:
        """More values for the detail template."""
        return {}

    def may_edit(self, viewer: Viewer, instance: Any) -> bool:
        """Whether this one may be edited by somebody who may edit at all."""
        return True

    def search_word(self, word: str) -> Q:
        """The condition under which a row is found by one word: it occurs in some search field."""
        parts = [Q(**{f"{name}__icontains": word}) for name in self.search_fields]
        return functools.reduce(operator.or_, parts)

    def search(self, queryset: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
        """Rows in which every word of `text` is found; of very many words only the first are looked for."""
        for word in text.split()[: limits.limit("search_words")]:
            queryset = queryset.filter(self.search_word(word))
        return queryset

    # What the pages ask

    @functools.cached_property
    def all_columns(self) -> tuple[Column, ...]:
        return tuple(as_column(item) for item in self.columns)

    @functools.cached_property
    def sections(self) -> tuple[Section, ...]:
        return self.detail_sections or (Section(title=str(self.title), fields=self.all_columns),)

    @property
    def searchable(self) -> bool:
        own = type(self)
        return bool(
            self.search_fields
            or own.search is not Register.search
            or own.search_word is not Register.search_word
        )

    def queryset(self, viewer: Viewer) -> models.QuerySet[Any]:
        """Everything this viewer may know of, in the register's order, ready to be shown."""
        follow = {*self.select_related}
        shown = [*self.all_columns, *(as_column(item) for s in self.detail_sections for item in s.fields)]
        for column in shown:
            follow.update(column.relations(self.model))
        rows: models.QuerySet[Any] = self.model._default_manager.visible_to(viewer)  # type: ignore[attr-defined]
        if follow:
            rows = rows.select_related(*sorted(follow))
        return rows.prefetch_related(*self.prefetch).order_by(*self.stable_order(self.ordering))

    def stable_order(self, ordering: Sequence[str]) -> list[str]:
        """The ordering with the key as last tiebreak: paging over a tie would repeat and skip rows."""
        return [*ordering, "pk"]

    def get(self, viewer: Viewer, pk: int) -> Any:
        """The one object, or 404, also for what the viewer may not know of."""
        found = self.queryset(viewer).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def allows_writing(self, viewer: Viewer) -> bool:
        return isinstance(viewer, Officer) and viewer.has(*self.write_roles)

    @classmethod
    def creates(cls) -> bool:
        """Whether it has a page on which one is added."""
        return cls.form_class is not None and issubclass(cls, Creating)

    @classmethod
    def edits(cls) -> bool:
        """Whether it has pages on which one is changed."""
        return cls.form_class is not None and issubclass(cls, Editing)

    def offers_create(self, viewer: Viewer) -> bool:
        return self.creates() and self.allows_writing(viewer)

    def offers_edit(self, viewer: Viewer, instance: Any) -> bool:
        return self.edits() and self.allows_writing(viewer) and self.may_edit(viewer, instance)

    def url(self, page: str, instance: Any = None) -> str:
        """The address of one of its pages: list, detail, create, edit, history, export."""
        namespace = self.namespace or self.model._meta.app_label
        return reverse(f"{namespace}:{self.slug}-{page}", args=[instance.pk] if instance is not None else [])

    @property
    def code(self) -> str:
        """What it is called where things about it are kept, such as "registry.subjects"."""
        return f"{self.namespace or self.model._meta.app_label}.{self.slug}"

    def crumbs(self, *more: Crumb) -> list[Crumb]:
        return [Crumb(str(self.title), self.url("list")), *more]

    def head(self, viewer: Viewer, instance: Any) -> dict[str, Any]:
        """What the head of an object's pages shows; for pages of its own that an app adds."""
        return {
            "register": self,
            "instance": instance,
            "object_status": self.status(instance),
            "crumbs": self.crumbs(Crumb(str(instance))),
            "detail_url": self.url("detail", instance),
            "history_url": self.url("history", instance),
            "more_tabs": self.more_tabs(viewer, instance),
            "edit_url": self.url("edit", instance) if self.offers_edit(viewer, instance) else "",
        }

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """Its URL patterns, each with its access declared."""
        from mingcha.web.registers import views

        register = cls()
        if register.form_class is not None and not register.write_roles:
            raise ImproperlyConfigured(f"{cls.__name__}: a register with a form names its write_roles")
        start = f"{register.slug}/" if register.prefix is None else register.prefix
        reading, writing = access.officers(*register.read_roles), access.officers(*register.write_roles)

        def page(route: str, name: str, view: Any, guard: Callable[[Any], Any]) -> URLPattern:
            guarded = guard(view.as_view(register=register))
            return path(f"{start}{route}", guarded, name=f"{register.slug}-{name}")

        patterns = [page("", "list", views.RegisterList, reading)]
        if register.exportable:
            patterns.append(page("export/", "export", views.RegisterExport, reading))
        if cls.creates():
            patterns.append(page("new/", "create", views.RegisterCreate, writing))
        patterns.append(page("<int:pk>/", "detail", views.RegisterDetail, reading))
        patterns.append(page("<int:pk>/history/", "history", views.RegisterHistory, reading))
        if cls.edits():
            patterns.append(page("<int:pk>/edit/", "edit", views.RegisterEdit, writing))
        return patterns
