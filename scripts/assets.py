"""Fetch the third-party files that pages serve, and copy them into the package (`make assets`).

git holds `package.json`, `package-lock.json` and the short copy list `assets.json`, never the files
themselves. Nothing is done when what is there already matches lock and list; `--force` fetches again,
`--tests` also installs what only the browser tests need (axe-core, an old Chromium).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = "assets.sha256"
_SOURCE_MAP = re.compile(r"(/\*[#@] sourceMappingURL=.*?\*/|//[#@] sourceMappingURL=\S*)")


def copy_list(root: Path = ROOT) -> tuple[Path, dict[str, str]]:
    """The folder that is served, and which file of which package goes where in it."""
    listed = json.loads((root / "assets.json").read_text(encoding="utf-8"))
    return root / listed["to"], listed["files"]


def wanted_stamp(root: Path = ROOT) -> str:
    """Digest of everything that decides what the served files are."""
    digest = hashlib.sha256()
    for name in ("package.json", "package-lock.json", "assets.json"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def up_to_date(root: Path = ROOT) -> bool:
    """Whether every listed file is there and was copied under the present lock and list."""
    vendor, files = copy_list(root)
    stamp = vendor / STAMP
    return (
        all((vendor / name).is_file() for name in files.values())
        and stamp.is_file()
        and stamp.read_text(encoding="ascii").strip() == wanted_stamp(root)
    )


def install(root: Path = ROOT, *, tests: bool = False) -> None:
    """Run `npm ci` without any package's scripts; only what is served unless `tests`."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is missing: install Node.js 18 or newer (Debian: apt-get install nodejs npm)")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command if tests else [*command, "--omit=dev", "--omit=optional"], cwd=root, check=True)


def copy(root: Path = ROOT) -> list[Path]:
    """Copy the listed files; returns where they went.

    Their source-map comments are dropped: the maps are not served, and the manifest storage refuses a
    file that refers to a missing one.
    """
    vendor, files = copy_list(root)
    shutil.rmtree(vendor, ignore_errors=True)
    copied = []
    for source, name in files.items():
        target = vendor / name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (root / "node_modules" / source).read_text(encoding="utf-8")
        target.write_text(_SOURCE_MAP.sub("", text).rstrip() + "\n", encoding="utf-8")
        copied.append(target)
    (vendor / STAMP).write_text(wanted_stamp(root) + "\n", encoding="ascii")
    return copied


def ensure(root: Path = ROOT, *, tests: bool = False, force: bool = False) -> bool:
    """Make the files be there; says whether anything had to be done."""
    have_test_tools = (root / "node_modules" / "axe-core").is_dir()
    if up_to_date(root) and not force and (have_test_tools or not tests):
        return False
    install(root, tests=tests)
    copy(root)
    return True


def main(arguments: list[str] | None = None) -> int:
    """The command line of this script."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tests", action="store_true", help="also what the browser tests need")
    parser.add_argument("--force", action="store_true", help="even when the files are up to date")
    options = parser.parse_args(arguments)
    done = ensure(tests=options.tests, force=options.force)
    sys.stdout.write("assets: fetched and copied\n" if done else "assets: up to date\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
