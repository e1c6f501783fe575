"""Which entries may be one subject: found by grouping in the database, never by comparing each with each.

Four signs: the same name but for brackets, blanks and dots; the same old registration number; the same
telephone of a contact; a credit code that differs in one character. Two codes that differ in one place
cannot both have a right check digit (the weights of GB 32100 see to that), so only entries whose code
carries a warning need to be looked at for the last one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import Concat, Replace, Substr, Upper
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models import Contact, Subject

NAME, NUMBER, PHONE, CODE = "name", "number", "phone", "code"
REASONS = {
    NAME: _("名称相同"),
    NUMBER: _("原注册号相同"),
    PHONE: _("联系电话相同"),
    CODE: _("代码只差一位"),
}
#: A telephone that more subjects share belongs to an agent who keeps their books, not to one subject.
MOST_OF_ONE_PHONE = 4
#: A name borne by more entries (个体工商户 without a name of their own) says nothing.
MOST_OF_ONE_NAME = 10
_LENGTH = 18
_SAME = (("（", "("), ("）", ")"), (" ", ""), ("\u3000", ""), ("·", ""), ("•", ""))

#: (id of the older entry, id of the newer) → the signs, in the order of `REASONS`.
Pairs = dict[tuple[int, int], list[str]]


def find_pairs(subjects: QuerySet[Subject]) -> Pairs:
    """Every suspicious pair among these subjects."""
    found: Pairs = defaultdict(list)
    for sign, groups in (
        (NAME, _same_name(subjects)),
        (NUMBER, _same_value(subjects.exclude(old_number=""), "old_number")),
        (PHONE, _same_phone(subjects)),
        (CODE, _code_off_by_one(subjects)),
    ):
        for group in groups:
            first, *others = sorted(set(group))
            for other in others:
                if sign not in found[first, other]:
                    found[first, other].append(sign)
    return dict(found)


def _same_name(subjects: QuerySet[Subject]) -> Iterator[list[int]]:
    plain: Upper | Replace | F = F("name")
    for written, meant in _SAME:
        plain = Replace(plain, Value(written), Value(meant))
    yield from _same_value(subjects.annotate(plain=Upper(plain)), "plain", MOST_OF_ONE_NAME)


def _same_value(rows: QuerySet[Subject], name: str, most: int = MOST_OF_ONE_NAME) -> Iterator[list[int]]:
    """Groups of ids that share a value."""
    shared = rows.order_by().values(name).annotate(n=Count("pk")).filter(n__gt=1, n__lte=most)
    pairs = rows.filter(**{f"{name}__in": shared.values(name)}).order_by().values_list(name, "pk")
    yield from _grouped(pairs)


def _same_phone(subjects: QuerySet[Subject]) -> Iterator[list[int]]:
    phones = Contact.objects.filter(ended_on=None, subject__in=subjects).exclude(phone_index="")
    shared = (
        phones.order_by()
        .values("phone_index")
        .annotate(n=Count("subject", distinct=True))
        .filter(n__gt=1, n__lte=MOST_OF_ONE_PHONE)
    )
    pairs = phones.filter(phone_index__in=shared.values("phone_index")).order_by()
    yield from _grouped(pairs.values_list("phone_index", "subject_id"))


def _code_off_by_one(subjects: QuerySet[Subject]) -> Iterator[list[int]]:
    coded = subjects.exclude(credit_code="")
    doubtful = dict(coded.exclude(code_warnings="").values_list("pk", "credit_code"))
    if not doubtful:
        return
    for place in range(1, _LENGTH + 1):
        rest = (
            Concat(Substr("credit_code", 1, place - 1), Substr("credit_code", place + 1))
            if place > 1
            else (Substr("credit_code", 2))
        )
        with_rest = coded.annotate(rest=rest)
        wanted = with_rest.exclude(code_warnings="").values("rest")
        pairs = with_rest.filter(rest__in=wanted).order_by().values_list("rest", "pk")
        yield from (group for group in _grouped(pairs) if len(group) > 1)


def _grouped(pairs: Iterable[tuple[str, int]]) -> Iterator[list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for value, pk in pairs:
        groups[value].append(pk)
    yield from (group for group in groups.values() if len(set(group)) > 1)
