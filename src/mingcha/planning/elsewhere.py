"""Firms to which somebody goes already, though no draw has sent them; apps above say which (54号四).

    visited.register("inspection.single")(firms)     # date → ids of subjects

In the roster they stand under the coarse reason of every other task in progress: that a complaint or a case
is looked into is nobody's business (劳动保障监察条例第九条).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from mingcha.web.providers import Providers

#: date → subjects with a visit of their own, approved or asked for, that is not over on that day
visited: Providers[Callable[[date], Collection[int]]] = Providers()
