"""A refusal says three things: what happened, what it rests on and what to do now.

Every rule of the system that says no does it with a `Refusal`; several can be raised together as one
`Refused`, so that an officer sees all that is missing at once instead of one thing an attempt.

Texts are Chinese and constant: what varies goes into `params` and is filled in with `%(name)s` when the
refusal is shown, so that one message stays one entry of the translation catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["Refusal", "Refused", "Refusing", "gettext_noop", "interpolate"]


def gettext_noop(message: str) -> str:
    """Mark `message` for extraction into the translation catalogue and return it unchanged."""
    return message


def interpolate(message: str, params: Mapping[str, object]) -> str:
    """Fill `%(name)s` places of `message`.

    Without params the message is returned as it stands, so "3%" needs no doubling there; with params a
    literal percent sign is written "%%". Raises ValueError when a place has no param.
    """
    if not params:
        return message
    try:
        return message % params
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"message {message!r} does not fit params {sorted(params)}") from error


def _same(message: str) -> str:
    return message


@dataclass(frozen=True)
class Refusal:
    """One reason why something may not be done.

    code     stable name for tests, logs and the API, e.g. "visit.cap_reached"
    message  what happened, one Chinese sentence without the final stop
    basis    the article or rule it rests on (条款), e.g. "国办发〔2024〕54号"
    remedy   what the reader can do now
    params   values for the `%(name)s` places of the three texts

    Raises ValueError when a text is empty or its places do not fit the params: a refusal that cannot be
    shown is a fault of the program, found where it is made and not where it is displayed.
    """

    code: str
    message: str
    basis: str
    remedy: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", dict(self.params))
        for name in ("code", "message", "basis", "remedy"):
            value: str = getattr(self, name)
            if not value.strip():
                raise ValueError(f"a refusal needs a {name}")
            interpolate(value, self.params)

    def shown(self, part: str, translate: Callable[[str], str] = _same) -> str:
        """The text named `part` ("message", "basis" or "remedy"), translated, then filled in."""
        template: str = getattr(self, part)
        return interpolate(translate(template), self.params)

    def text(self, translate: Callable[[str], str] = _same) -> str:
        """One plain passage: what happened, the basis in brackets, then what to do."""
        message, basis, remedy = (
            self.shown(part, translate).rstrip("。") for part in ("message", "basis", "remedy")
        )
        return f"{message}（依据：{basis}）。{remedy}。"


class Refused(Exception):  # noqa: N818 - the outcome of a rule, not an error of the program
    """Raised when a rule says no; carries one or more `Refusal` in `refusals`."""

    def __init__(self, *refusals: Refusal) -> None:
        if not refusals:
            raise ValueError("Refused needs at least one refusal")
        super().__init__(*refusals)
        self.refusals: tuple[Refusal, ...] = refusals

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all refusals, in order."""
        return tuple(refusal.code for refusal in self.refusals)

    def text(self, translate: Callable[[str], str] = _same) -> str:
        """All refusals, one a line."""
        return "\n".join(refusal.text(translate) for refusal in self.refusals)

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True)
class Refusing:
    """Writes the refusals of one kind of thing: `about` begins their codes, they rest on `basis`.

    _refuse = Refusing("correction", _S8)
    raise _refuse("not_now", gettext_noop("…"), gettext_noop("…"), state=…)
    """

    about: str
    basis: str

    def __call__(
        self, code: str, message: str, remedy: str, /, *, basis: str = "", **params: object
    ) -> Refused:
        """One refusal, ready to be raised; `params` fill the places of its texts."""
        return Refused(self.one(code, message, remedy, basis=basis, **params))

    def one(self, code: str, message: str, remedy: str, /, *, basis: str = "", **params: object) -> Refusal:
        """The refusal by itself, to be raised together with others."""
        return Refusal(f"{self.about}.{code}", message, basis or self.basis, remedy, params)
