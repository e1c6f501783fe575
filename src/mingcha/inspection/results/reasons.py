"""The sub-reasons of results: dictionaries that the bureau keeps as parameters (S9)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mingcha.basics.selectors import parameters
from mingcha.inspection.models import AbnormalCheck
from mingcha.items.vocabulary import Result

UNREACHABLE, UNCOOPERATIVE = "RESULT_REASONS_UNREACHABLE", "RESULT_REASONS_UNCOOPERATIVE"
BUSINESS, LABOUR, INSURANCE = "RESULT_REASONS_BUSINESS", "RESULT_REASONS_LABOUR", "RESULT_REASONS_INSURANCE"
#: Kind of check → its dictionary.
OF_CHECKS: Final = {
    AbnormalCheck.Kind.BUSINESS.value: BUSINESS,
    AbnormalCheck.Kind.LABOUR.value: LABOUR,
    AbnormalCheck.Kind.INSURANCE.value: INSURANCE,
}
#: Result → the dictionary from which its reason is taken first.
OF_RESULTS: Final = {
    Result.UNREACHABLE.value: (UNREACHABLE,),
    Result.UNCOOPERATIVE.value: (UNCOOPERATIVE,),
    Result.NOT_PUBLISHED.value: (BUSINESS,),
    Result.FALSE_INFORMATION.value: (BUSINESS,),
    Result.CLOSED.value: (BUSINESS,),
    Result.CORRECTED.value: (LABOUR, INSURANCE),
    Result.PENDING.value: (LABOUR, INSURANCE),
    Result.BREACH.value: (LABOUR, INSURANCE),
}
#: What stands between the clauses of a reason.
_BETWEEN: Final = re.compile(r"[；;，,。、\n]")
#: What is chosen where no dictionary names the reason: the text then says all of it.
OTHER: Final = "其他情形"
ALL: Final = (UNREACHABLE, UNCOOPERATIVE, BUSINESS, LABOUR, INSURANCE)


def reasons_of(dictionary: str) -> list[str]:
    """The words of a dictionary, as they hold today."""
    return parameters.value(dictionary).as_list()


def words_of(value: object) -> tuple[str, ...]:
    """The reasons that the field `result:reasons` holds, one a line."""
    return tuple(line for line in str(value or "").split("\n") if line)


def field_of(words: Iterable[str]) -> str:
    """How the field spells them."""
    return "\n".join(words)


@dataclass(frozen=True)
class Dictionaries:
    """All of them as they hold today, read once: `words` are those of each, by its code; so `labels`."""

    words: Mapping[str, Sequence[str]]
    labels: Mapping[str, str]

    def groups(self) -> list[tuple[str, Sequence[str]]]:
        """What each is called and for which results its words are, with its words."""
        return [(f"{self.labels[name]}（{_results_of(name)}）", self.words[name]) for name in ALL]

    def by_result(self) -> dict[str, list[str]]:
        """Result → reasons of which one at least is chosen with it, the last for what no dictionary names."""
        return {
            result: [*(word for name in names for word in self.words[name]), OTHER]
            for result, names in OF_RESULTS.items()
        }

    def every_word(self) -> list[str]:
        """The words of all, in the order of `by_result`."""
        return list(dict.fromkeys([*(word for name in ALL for word in self.words[name]), OTHER]))

    def fitting(self, result: str, words: Collection[str]) -> tuple[str, ...]:
        """Those of the words that can be given for a result, in the order of its dictionaries.

        A word that no dictionary has any more was chosen while one had it: it stays.
        """
        offered, known = self.by_result().get(result, []), self.every_word()
        gone = (word for word in words if word not in known) if offered else ()
        return (*gone, *(word for word in offered if word in words))

    def checks_asked_by(self, result: str, reason: str, words: Collection[str] = ()) -> tuple[str, ...]:
        """The kinds of abnormal check that a result calls for, given for these reasons.

        Asked for by the words that were chosen; and by those written, so that a reason that was written in
        and not chosen, as before there was a choice, asks no less: a clause that begins with the word of a
        dictionary, such as 应参保未参保 3 人.
        """
        if result not in OF_RESULTS:
            return ()
        clauses = [clause.strip() for clause in _BETWEEN.split(reason)]
        return tuple(
            kind
            for kind, dictionary in OF_CHECKS.items()
            if any(
                word in words or any(clause.startswith(word) for clause in clauses)
                for word in self.words[dictionary]
            )
        )


def dictionaries() -> Dictionaries:
    """The dictionaries of today, in one query."""
    found = parameters.values(ALL)
    return Dictionaries(
        {code: one.as_list() for code, one in found.items()}, {code: one.label for code, one in found.items()}
    )


def _results_of(dictionary: str) -> str:
    return "、".join(str(Result(one).label) for one, names in OF_RESULTS.items() if dictionary in names)
