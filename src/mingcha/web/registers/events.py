"""What the register pages put on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mingcha.base.events import Event
from mingcha.kernel.refusal import gettext_noop


@dataclass(frozen=True, kw_only=True)
class PersonalDataExported(Event):
    """Somebody took a list with personal data out of the system; `why` is what they gave as reason."""

    code: ClassVar[str] = "web.personal_data_exported"
    label: ClassVar[str] = gettext_noop("导出含个人信息的名册")
