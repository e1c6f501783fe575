"""Who may open which page. Reviewed by eye; the tests hold the code to it."""

from __future__ import annotations

from mingcha.base.roles import Role
