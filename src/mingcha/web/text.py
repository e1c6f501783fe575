"""The type of texts that may still be waiting to be translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    #: A text, or one that is translated when it is shown.
    Text = str | _StrPromise
else:
    Text = str
