"""Where the terms stand on each database, and how documents are found by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, Protocol
from zlib import crc32

from django.db import connection
from django.db.models import BooleanField, F, OuterRef, Q, Subquery, Value
from django.db.models.expressions import ExpressionWrapper, RawSQL
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from mingcha.base.ids import one_of
from mingcha.registry.models import SubjectText
from mingcha.registry.search.text import Doc, Word, terms_of

#: Up to so many hits are handled as a list of ids.
NARROW = 20_000
#: Up to so many are left to the index to list. A word with more is tested row by row, which is quick then,
#: because there is one everywhere.
WIDE = 100_000
#: The share of PostgreSQL's table that is looked at to tell a common word, in percent of its pages.
SAMPLE = 1
_ENOUGH = 500
#: One word's tests of a text: in its names, at the beginning of a code, and where it is long at the end.
_SEEN = "(strpos(names, %s) > 0 OR strpos(codes, %s) > 0 OR (%s <> '' AND strpos(codes, %s) > 0))"


class Engine(Protocol):
    """One database's index."""

    def write(self, docs: Sequence[Doc]) -> None:
        """Add documents that are not in the index."""

    def erase(self, docs: Sequence[Doc]) -> None:
        """Take documents out; they must be as they were written."""

    def clear(self) -> None:
        """Take everything out."""

    def found(self, words: Sequence[Word]) -> Q | None:
        """The condition on `pk` of the documents that pass the tests of all words; None when these are better
        made row by row."""

    def holds(self, doc: Doc) -> bool:
        """Whether the index finds this document by its terms."""


def tests_of(words: Iterable[Word]) -> Q:
    """The words' own tests, on the stored text of a subject."""
    tests = (
        [Q(GreaterThan(StrIndex(F(at), Value(needle)), 0)) for at, needle in word.tests] for word in words
    )
    return reduce(and_, (reduce(or_, alternatives) for alternatives in tests))


def tested(words: Sequence[Word]) -> Q:
    """The same of the row that a query looks at. The LIMIT keeps a planner from reading all texts first."""
    test = ExpressionWrapper(tests_of(words), output_field=BooleanField())
    own = SubjectText.objects.filter(pk=OuterRef("pk")).annotate(found=test).values("found")[:1]
    return Q(Subquery(own, output_field=BooleanField()))


def _limited(rows: Any) -> Q | None:
    found = list(rows.values_list("pk", flat=True)[: NARROW + 1])
    return one_of("pk", found) if len(found) <= NARROW else None


class SQLiteEngine:
    """FTS5 without content or positions: each term is a token; it gives ids in order, as many as wanted."""

    def write(self, docs: Sequence[Doc]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO registry_subjecttext (subject_id, names, codes) VALUES (%s, %s, %s)",
                [(doc.id, doc.names, doc.codes) for doc in docs],
            )
            cursor.executemany(
                "INSERT INTO registry_subjectkeys (rowid, keys) VALUES (%s, %s)",
                [(doc.id, self._tokens(doc)) for doc in docs],
            )

    def erase(self, docs: Sequence[Doc]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO registry_subjectkeys (registry_subjectkeys, rowid, keys)"
                " VALUES ('delete', %s, %s)",
                [(doc.id, self._tokens(doc)) for doc in docs],
            )
            cursor.executemany(
                "DELETE FROM registry_subjecttext WHERE subject_id = %s", [(doc.id,) for doc in docs]
            )

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO registry_subjectkeys (registry_subjectkeys) VALUES ('delete-all')")
            cursor.execute("DELETE FROM registry_subjecttext")

    def found(self, words: Sequence[Word]) -> Q | None:
        query = " AND ".join(f"({' OR '.join(map(self._all, word.alternatives))})" for word in words)
        exact = all(word.exact for word in words)
        ids = self._ids(query, (WIDE if exact else NARROW) + 1)
        if len(ids) <= NARROW:
            return one_of("pk", ids) if exact else one_of("pk", ids) & tested(words)
        if exact:
            return self._listed(query) if len(ids) <= WIDE else None
        # Too many to look up one by one: reading the texts in order costs less, and bounds the worst case.
        return _limited(SubjectText.objects.filter(tests_of(words)))

    def holds(self, doc: Doc) -> bool:
        found = self._ids(self._all(terms_of(doc)), NARROW)
        return doc.id in found or len(found) == NARROW

    @staticmethod
    def _ids(query: str, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM registry_subjectkeys WHERE registry_subjectkeys MATCH %s LIMIT %s",
                [query, limit],
            )
            return [row[0] for row in cursor.fetchall()]

    @staticmethod
    def _listed(query: str) -> Q:
        sql = "SELECT rowid FROM registry_subjectkeys WHERE registry_subjectkeys MATCH %s"
        return Q(pk__in=RawSQL(sql, [query]))  # noqa: S611

    @staticmethod
    def _tokens(doc: Doc) -> str:
        # Folded text holds letters, digits and what is not ASCII: each term is one token of the tokenizer.
        return " ".join(terms_of(doc))

    @staticmethod
    def _all(terms: Iterable[str]) -> str:
        quoted = [f'"{term}"' for term in terms]
        return f"({' AND '.join(quoted)})"


class PostgreSQLEngine:
    """An integer array of keys beside the text, under a GIN index."""

    def write(self, docs: Sequence[Doc]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO registry_subjecttext (subject_id, names, codes, keys)"
                " SELECT id, names, codes, keys::integer[]"
                " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[])"
                " AS new (id, names, codes, keys)",
                [
                    [doc.id for doc in docs],
                    [doc.names for doc in docs],
                    [doc.codes for doc in docs],
                    [f"{{{','.join(map(str, map(_KEYS.__getitem__, terms_of(doc))))}}}" for doc in docs],
                ],
            )

    def erase(self, docs: Sequence[Doc]) -> None:
        SubjectText.objects.filter(pk__in=[doc.id for doc in docs]).delete()

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM registry_subjecttext")

    def found(self, words: Sequence[Word]) -> Q | None:
        expected, exact = self._expected(words), all(word.exact for word in words)
        if expected > WIDE or (expected > NARROW and not exact):
            return None
        alternatives = ([Q(self._held(terms)) for terms in word.alternatives] for word in words)
        held = reduce(and_, (reduce(or_, ways) for ways in alternatives))
        texts = SubjectText.objects.filter(held, tests_of(words))
        return Q(pk__in=texts.values("pk")) if expected > NARROW else _limited(texts)

    def holds(self, doc: Doc) -> bool:
        return SubjectText.objects.filter(self._held(terms_of(doc)), pk=doc.id).exists()

    @staticmethod
    def _held(terms: Iterable[str]) -> RawSQL:
        # Without its table: inside another query it goes by an alias. No other table has such a column.
        sql = "keys @> %s::integer[]"
        return RawSQL(sql, [[_KEYS[term] for term in terms]], output_field=BooleanField())  # noqa: S611

    @staticmethod
    def _expected(words: Sequence[Word]) -> int:
        """How many documents have all words, as far as a look at some pages tells; 0 for a small table."""
        needles = [[*(needle for _column, needle in word.tests), ""][:3] for word in words]
        tests = " AND ".join([_SEEN] * len(words))
        parameters = [part for name, code, end in needles for part in (name, code, end, end)]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*), count(*) FILTER (WHERE {tests})"  # noqa: S608  our own text, repeated
                " FROM registry_subjecttext TABLESAMPLE SYSTEM (%s)",
                [*parameters, SAMPLE],
            )
            seen, found = cursor.fetchone()
        return found * 100 // SAMPLE if seen >= _ENOUGH else 0


class _Keys(dict[str, int]):
    """Terms as whole numbers of 32 bits; others may share one, the text decides."""

    def __missing__(self, term: str) -> int:
        key = int.from_bytes(crc32(term.encode()).to_bytes(4), signed=True)
        if len(term) <= _PAIR:
            self[term] = key  # pieces of codes are too many to keep
        return key


_PAIR = 2
_KEYS = _Keys()


def engine() -> Engine:
    """The one of the present database."""
    return PostgreSQLEngine() if connection.vendor == "postgresql" else SQLiteEngine()
