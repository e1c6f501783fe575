"""The third-party files: pinned by the lock, never in git, fit for the manifest storage."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def assets() -> ModuleType:
    spec = importlib.util.spec_from_file_location("assets_script", ROOT / "scripts" / "assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    listed = {"to": "static/vendor", "files": {"pkg/a.js": "a.js", "pkg/a.css": "b/a.css"}}
    (tmp_path / "assets.json").write_text(json.dumps(listed), encoding="utf-8")
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    package = tmp_path / "node_modules" / "pkg"
    package.mkdir(parents=True)
    (package / "a.js").write_text("run()\n//# sourceMappingURL=a.js.map\n", encoding="utf-8")
    (package / "a.css").write_text("a{}\n/*# sourceMappingURL=a.css.map */", encoding="utf-8")
    return tmp_path


def test_the_lock_names_no_download_address_and_pins_every_package() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: facts for name, facts in lock["packages"].items() if name}
    assert packages
    assert not [name for name, facts in packages.items() if "resolved" in facts]
    assert not [name for name, facts in packages.items() if not {"integrity", "inBundle"} & facts.keys()]


def test_copied_files_no_longer_name_their_source_maps(assets: ModuleType, tree: Path) -> None:
    assets.copy(tree)
    assert (tree / "static/vendor/a.js").read_text(encoding="utf-8") == "run()\n"
    assert (tree / "static/vendor/b/a.css").read_text(encoding="utf-8") == "a{}\n"


def test_nothing_is_fetched_while_lock_and_files_agree(
    assets: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[Path] = []
    monkeypatch.setattr(assets, "install", lambda root, *, tests: fetched.append(root))
    assert assets.ensure(tree) is True
    assert assets.ensure(tree) is False
    (tree / "package-lock.json").write_text('{"changed": true}', encoding="utf-8")
    assert assets.ensure(tree) is True
    (tree / "static/vendor/a.js").unlink()
    assert assets.ensure(tree) is True
    assert len(fetched) == 3
