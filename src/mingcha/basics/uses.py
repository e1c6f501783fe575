"""What depends on a parameter: pages, rules and terms, registered by the code that reads it.

    uses.register("CAP_DEFAULT", label=_("入企记录：年度频次上限"), url_name="registry:visits-list")

So that whoever confirms or changes a value sees what it moves. A test holds the code to it: a code that
stands in the product and in no registration fails (tests of basics). Rules of terms name their parameter
in a column of their own; the selectors add them.
"""

from __future__ import annotations

from dataclasses import dataclass

from mingcha.web.text import Text


@dataclass(frozen=True)
class Use:
    """One thing that a parameter decides, and the page where it shows (a URL name, or empty)."""

    label: Text
    url_name: str = ""


_uses: dict[str, list[Use]] = {}


def register(*codes: str, label: Text, url_name: str = "") -> None:
    """Say that something uses these parameters; saying it again changes nothing."""
    use = Use(label, url_name)
    for code in codes:
        known = _uses.setdefault(code, [])
        if use not in known:
            known.append(use)


def of(code: str) -> tuple[Use, ...]:
    """What the code of the product does with this parameter."""
    return tuple(_uses.get(code, ()))


def registered() -> frozenset[str]:
    """Every code that something uses."""
    return frozenset(_uses)
