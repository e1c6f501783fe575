"""Columns of personal data: encrypted text, and the blind index by which it can be found (N10).

A token is bound to its table and column, so that a value cannot be moved elsewhere and still be read;
renaming either therefore needs a migration that decrypts and encrypts again. An empty text is stored
empty: that a person has no phone is not hidden. `dumpdata` writes plain text; backups use the database's
own dump.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models
from django.db.models import Case, Model, Value
from django.db.models.expressions import Col
from django.db.models.functions import Cast
from django.db.models.lookups import In, IsNull
from django.db.models.sql import UpdateQuery

from mingcha.base.crypto.keys import field_keys, index_keys
from mingcha.base.crypto.normalise import normalise_text

if TYPE_CHECKING:
    _TextField = models.TextField[str | None, str]
    _CharField = models.CharField[str, str]
else:
    _TextField, _CharField = models.TextField, models.CharField

Normaliser = Callable[[str], str]
_MARK = re.compile(r"v[1-9][0-9]{0,5}:[0-9a-f]{64}")
_MARK_LENGTH = 80


class EncryptedTextField(_TextField):
    """Text that is encrypted in the database and plain in Python.

    It can be selected and tested with `isnull`; every other condition and ordering raises FieldError,
    since the database sees only ciphertext: search by a BlindIndexField. Writing an expression into it
    (`F`, `Concat`) raises FieldError too, as it would store plain text.
    """

    @property
    def aad(self) -> bytes:
        """The place a token is bound to: "table.column"."""
        return f"{self.model._meta.db_table}.{self.column}".encode()

    @property
    def cached_col(self) -> Col:
        return self.get_col(self.model._meta.db_table)

    def get_col(self, alias: str | None, output_field: models.Field[Any, Any] | None = None) -> Col:
        return _EncryptedCol(alias, self, output_field)  # type: ignore[arg-type]  # None in constraints

    def encipher(self, value: str) -> str:
        """The token of a text; empty stays empty."""
        return field_keys().encrypt(value.encode(), self.aad) if value else ""

    def decipher(self, token: str) -> str:
        """The text of a token; raises Undecipherable."""
        return field_keys().decrypt(token, self.aad).decode() if token else ""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else self.decipher(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if hasattr(value, "resolve_expression"):
            if _is_literal(value, self):
                return value
            raise FieldError(f"{self}: an encrypted field takes a text, not an expression")
        text = self.to_python(value)
        return None if text is None else self.encipher(text)

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """Called for every write: the moment to see that the blind index is written along."""
        if isinstance(compiler.query, UpdateQuery):
            written = {field.name for field, _, _ in compiler.query.values}  # type: ignore[attr-defined]
            missing = [index.name for index in self.indexes if index.name not in written]
            if missing and self.name in written:
                raise FieldError(f"{self} is written without its blind index {', '.join(missing)}")
        return "%s"

    @property
    def indexes(self) -> list[BlindIndexField]:
        """The blind indexes computed from this field."""
        return [
            field
            for field in self.model._meta.concrete_fields
            if isinstance(field, BlindIndexField) and field.source == self.name
        ]

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise _not_searchable(self, f"a condition ({lookup_name})")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise _not_searchable(self, f"a condition ({lookup_name})")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *_refuse_options(self, "unique", "db_index", "primary_key")]


class _EncryptedCol(Col):
    """The column in a query. Django resolves it again to order by it, or on the left of a condition."""

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        raise _not_searchable(self.target, "an ordering")


@EncryptedTextField.register_lookup
class _Missing(IsNull):
    """`isnull`, without resolving the column again."""

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:
        return compiler.compile(lhs or self.lhs)


class BlindIndexField(_CharField):
    """A keyed digest of another field's normalised value, by which exactly equal values are found.

    Computed on `save`, `create` and `bulk_create`. `QuerySet.update` and `bulk_update` compute nothing:
    with `bulk_update`, call `refresh_indexes(objects)` first and name the index among the fields. Writing
    the source without its index raises FieldError.

    Not unique: while keys are rotated, one value has two marks. Look first, in the same transaction.
    """

    def __init__(self, *, source: str, normalise: Normaliser = normalise_text, **options: Any) -> None:
        self.source = source
        self.normalise = normalise
        options.setdefault("max_length", _MARK_LENGTH)
        options.setdefault("db_index", True)
        options.setdefault("blank", True)
        options.setdefault("default", "")
        options.setdefault("editable", False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        if self.normalise is not normalise_text:
            kwargs["normalise"] = self.normalise
        return name, path, args, kwargs

    @property
    def context(self) -> bytes:
        """Digests of one value differ between columns, so that tables cannot be matched by them."""
        return f"{self.model._meta.db_table}.{self.column}".encode()

    def mark_of(self, value: str | None) -> str:
        """The mark of a value under the newest key; empty for an empty value."""
        normal = self.normalise(value or "")
        return index_keys().mark(normal.encode(), self.context) if normal else ""

    def pre_save(self, model_instance: Model, add: bool) -> str:
        mark = self.mark_of(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, mark)
        return mark

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str) and value and not _MARK.fullmatch(value):
            raise FieldError(f"{self}: compare with blind({self.name!r}, value), not with the value itself")
        return super().get_prep_value(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in {"of", "exact", "in", "isnull"}:
            raise _not_searchable(self, f"a condition ({lookup_name})")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise _not_searchable(self, f"a condition ({lookup_name})")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [
            *super().check(**kwargs),
            *_refuse_options(self, "unique", "primary_key"),
            *self._check_source(),
        ]

    def _check_source(self) -> list[checks.CheckMessage]:
        try:
            source = self.model._meta.get_field(self.source)
        except FieldDoesNotExist:
            source = None
        if isinstance(source, EncryptedTextField):
            return []
        return [
            checks.Error(
                f"source={self.source!r} is not an EncryptedTextField of the model.",
                obj=self,
                id="mingcha.base.E003",
            )
        ]


@BlindIndexField.register_lookup
class _Of(In):
    """`phone_index__of=value`: the rows whose source equals the value, under any live key."""

    lookup_name = "of"

    def get_prep_lookup(self) -> list[str]:
        return lookups(self.lhs.output_field, self.rhs)


def lookups(model_field: BlindIndexField, value: str) -> list[str]:
    """The marks to look for, one a live key version; none for an empty value."""
    normal = model_field.normalise(value or "")
    return index_keys().marks(normal.encode(), model_field.context) if normal else []


def blind(field: str, value: str) -> dict[str, str]:
    """The condition "this field's source equals the value", for `filter(**blind("phone_index", …))`.

    Relations may be followed ("person__phone_index"). An empty value finds nothing.
    """
    return {f"{field}__of": value}


def refresh_indexes(instances: Iterable[Model]) -> None:
    """Compute the blind indexes of unsaved changes, before a `bulk_update` that names them."""
    for instance in instances:
        for field in instance._meta.concrete_fields:
            if isinstance(field, BlindIndexField):
                field.pre_save(instance, add=False)


def _is_literal(expression: Any, field: EncryptedTextField) -> bool:
    """Whether an expression only chooses among values that the field itself will encrypt.

    This is the shape that `bulk_update` writes: CASE WHEN pk = … THEN value.
    """
    if isinstance(expression, Value):
        return expression.value is None or getattr(expression, "_output_field_or_none", None) is field
    if isinstance(expression, Cast):
        return all(_is_literal(source, field) for source in expression.get_source_expressions())
    if isinstance(expression, Case):
        results = [case.result for case in expression.cases]
        return all(_is_literal(result, field) for result in [*results, expression.default])
    return False


def _not_searchable(field: Any, attempt: str) -> FieldError:
    return FieldError(
        f"{field} is encrypted and cannot be used in {attempt};"
        f" find equal values with a BlindIndexField and blind(…)"
    )


def _refuse_options(field: models.Field[Any, Any], *options: str) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"{type(field).__name__} cannot have {option}=True: equal values are stored differently.",
            obj=field,
            id="mingcha.base.E002",
        )
        for option in options
        if getattr(field, option)
    ]
