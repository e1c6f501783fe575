"""What may be published: each type with its fields, each field with the article that asks for it (N10).

    types.register(PublicationType(
        code="annual-plan", label=_("年度抽查计划"), slug="annual-plan", basis="国办发〔2015〕58号",
        fields=(Field("line", _("序号"), _PLAN), Field("items", _("抽查事项"), _PLAN)),
        row_key="line", description=_("全年抽查什么、抽多少、谁来抽"),
    ))

A field that no type names cannot be published. A personal one is masked, unless the law asks for it whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, get_args

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from mingcha.base.roles import Role
from mingcha.basics import uses
from mingcha.kernel.refusal import Refusal, Refused
from mingcha.web.components import Mask, masked
from mingcha.web.text import Text

Kind = Literal["", "text", "integer", "boolean", "date", "list"]
#: What a row may hold: plain values that have one spelling in JSON.
Plain = str | int | bool | None | list[str]

_SLUG: Final = re.compile(r"[a-z][a-z0-9-]{1,38}\Z")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True)
class Field:
    """One published field.

    basis            the article or document that asks for it to be public
    personal         it says something of a person: published masked (as `mask` says) …
    required_by_law  … unless the law asks for it whole
    kind             what a value is; "" for any plain value
    """

    name: str
    label: Text
    basis: Text
    personal: bool = False
    mask: Mask = "name"
    required_by_law: bool = False
    kind: Kind = ""

    @property
    def is_masked(self) -> bool:
        """Whether only part of the value is published."""
        return self.personal and not self.required_by_law

    def published(self, value: Any) -> Plain:
        """The value as everybody may read it. Refused when it is not of this field's kind."""
        plain = value.isoformat() if isinstance(value, date) else value
        plain = list(plain) if isinstance(plain, tuple) else plain
        if plain is not None and not _IS[self.kind](plain):
            raise Refused(
                Refusal(
                    "publication.value",
                    gettext_noop("“%(field)s”的内容不是可以公示的形式，没有提交"),
                    gettext_noop("公示数据的格式说明（schema.json）"),
                    gettext_noop("请联系系统维护人员核对这一项的内容"),
                    {"field": str(self.label)},
                )
            )
        if plain is None or not self.is_masked:
            return plain  # type: ignore[no-any-return]
        if isinstance(plain, list):
            return [masked(part, self.mask) for part in plain]
        return masked(str(plain), self.mask)


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _is_date(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_IS: Final = {
    "": lambda value: isinstance(value, str | int) or _is_text_list(value),
    "text": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "date": _is_date,
    "list": _is_text_list,
}


@dataclass(frozen=True)
class PublicationType:
    """One kind of publication.

    slug                   its place on the public site: /open/published/<slug>/
    basis                  on what the publication as a whole rests
    term_parameter         the parameter with how long it stays public (T21, R7); "" until replaced
    other_terms            further such parameters, each with what it is for; `prepare` is told which
    row_key                the fields that say which row is the same in the next version
    reviewers              who may publish it; never who prepared it
    does_not_show          sentences about what a reader must not conclude from it
    template               shows the rows on the public page instead of a plain table
    due_rule               the deadline rule on the thing that publishing meets (T21, T24); "" for none
    gathered               its app lists all that wait for a reviewer in one next step of its own
    hold                   locks the thing that the publication is about, given its id, before the
                           publication is: its app changes the thing first and then its publication
    """

    code: str
    label: Text
    slug: str
    basis: Text
    fields: tuple[Field, ...]
    term_parameter: str = ""
    row_key: str | tuple[str, ...] = ()
    reviewers: tuple[Role, ...] = (Role.SECTION_HEAD, Role.BUREAU_LEADER)
    description: Text = ""
    other_terms: tuple[tuple[str, Text], ...] = ()
    does_not_show: tuple[Text, ...] = ()
    template: str = ""
    due_rule: str = ""
    gathered: bool = False
    hold: Callable[[int], object] | None = None
    order: int = 100

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the fields that identify a row."""
        return (self.row_key,) if isinstance(self.row_key, str) else self.row_key

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    def rows_as_published(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Plain]]:
        """The rows with every field of the type, masked where that is due.

        Refused ("publication.field") when a row holds a field that the type does not name, or two rows
        have the same key.
        """
        for name in dict.fromkeys(name for row in rows for name in row):
            if self.field(name) is None:
                raise self._not_listed(name)
        published = [
            {field.name: field.published(row.get(field.name)) for field in self.fields} for row in rows
        ]
        self._check_keys(published)
        return published

    def _check_keys(self, rows: Sequence[Mapping[str, Plain]]) -> None:
        seen: set[str] = set()
        for row in rows if self.key else ():
            key = key_text(row, self.key)
            if key in seen:
                raise Refused(
                    Refusal(
                        "publication.key",
                        gettext_noop("“%(key)s”在要公示的内容里出现了两次，没有提交"),
                        gettext_noop("公示：每一行只能出现一次，才能与下一版对照"),
                        gettext_noop("请核对数据，去掉重复的一行"),
                        {"key": key},
                    )
                )
            seen.add(key)

    def _not_listed(self, name: str) -> Refused:
        return Refused(
            Refusal(
                "publication.field",
                gettext_noop("“%(field)s”不在“%(type)s”准许公示的项目之内，没有提交"),
                gettext_noop("《政府信息公开条例》第十五条；公示项目表：每一项都要有公开的依据"),
                gettext_noop("请去掉这一项；确需公示的，先在公示项目表中写明它的依据"),
                {"field": name, "type": str(self.label)},
            )
        )


def key_text(row: Mapping[str, Any], key: Sequence[str]) -> str:
    """What a row is called when it is compared with another version."""
    return " · ".join(str(row.get(name) or "") for name in key)


_types: dict[str, PublicationType] = {}


def register(publication_type: PublicationType) -> None:
    """Make a type known at start-up; the same code again replaces it. ValueError when it is ill-formed."""
    fields = publication_type.fields
    known = {field.name for field in fields}
    if not _SLUG.match(publication_type.slug) or not all(_NAME.match(name) for name in known):
        raise ValueError(f"{publication_type.code}: slug and field names are plain")
    if len(known) != len(fields) or not known.issuperset(publication_type.key):
        raise ValueError(f"{publication_type.code}: field names stand once, and the row key is among them")
    if any(not str(field.basis).strip() or field.kind not in get_args(Kind) for field in fields):
        raise ValueError(f"{publication_type.code}: every field names its basis and a known kind")
    if any(field.is_masked and field.kind not in ("", "text", "list") for field in fields):
        raise ValueError(f"{publication_type.code}: what is masked is text")
    other = next((one for one in _types.values() if one.slug == publication_type.slug), publication_type)
    if other.code != publication_type.code:
        raise ValueError(f"{publication_type.code}: the slug is taken by {other.code}")
    _types[publication_type.code] = publication_type
    others = (code for code, _for_what in publication_type.other_terms)
    for code in filter(None, (publication_type.term_parameter, *others)):
        uses.register(code, label=format_lazy("{}{}", _("公示期限："), publication_type.label))


def forget(code: str) -> None:
    """Take a type out again; for tests."""
    _types.pop(code, None)


def find(code: str) -> PublicationType:
    """The type of that code. Raises LookupError for one that nobody registered."""
    try:
        return _types[code]
    except KeyError:
        raise LookupError(f"unknown publication type {code!r}") from None


def by_slug(slug: str) -> PublicationType | None:
    """The type at that place of the public site, or None."""
    return next((one for one in _types.values() if one.slug == slug), None)


def all_types() -> tuple[PublicationType, ...]:
    """Every type, in the order of the public site."""
    return tuple(sorted(_types.values(), key=lambda one: (one.order, one.code)))


def label_of(code: str) -> str:
    """The Chinese name of a type, or its code when this version does not know it."""
    known = _types.get(code)
    return str(known.label) if known is not None else code
