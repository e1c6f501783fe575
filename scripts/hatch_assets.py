"""Build hook: the wheel carries the third-party files, so it serves without Node and network.

An editable install skips this: developers run `make assets`.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _assets(root: Path) -> ModuleType:
    """`scripts/assets.py`, loaded by its path: the build runs outside of this folder."""
    spec = importlib.util.spec_from_file_location("mingcha_assets", root / "scripts" / "assets.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("scripts/assets.py is missing from the source tree")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fetches the files before the wheel is packed; nothing is fetched when they are up to date."""

    PLUGIN_NAME = "mingcha-assets"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            _assets(Path(self.root)).ensure(Path(self.root))
