"""What the documents say is so: settings, tests, pages, dependencies, commands, links."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingcha.base.jobs.registry import Daily, label_of, periodic_jobs
from tests.contract.urls import pages

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "mingcha"
VARIABLE = re.compile(r"MINGCHA_[A-Z_]+")
#: Said by a process to its own children, set by nobody.
INTERNAL = {"MINGCHA_SUPERVISOR"}
#: Where people and their machines keep things: no file of ours names such a place.
SOMEBODYS_PLACE = re.compile(r"(?<![\w.$}/~-])/(?:work|root|home|Users)/[\w.-]+")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def variables_in_code() -> set[str]:
    """Every variable of ours that the product and its scripts read."""
    found: set[str] = set()
    for path in [*PACKAGE.rglob("*.py"), *(ROOT / "scripts").glob("*.py")]:
        if "tests" not in path.parts and path.name != "testing.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= {node.value} if VARIABLE.fullmatch(node.value) else set()
    for path in (ROOT / "scripts").glob("*.sh"):
        found |= set(VARIABLE.findall(path.read_text(encoding="utf-8")))
    return found - INTERNAL


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    rows = re.findall(r"^\| `(MINGCHA_[A-Z_]+)(?:<代码>)?` \|", text_of("docs/deployment.md"), re.M)
    assert len(rows) == len(set(rows))
    assert set(rows) == variables_in_code()
    assert len(rows) > 20


def test_every_periodic_job_is_documented_with_its_time() -> None:
    rows = re.findall(
        r"^\| (\S+) \| `([a-z.-]+)` \| 每天 (\d\d:\d\d) \|$", text_of("docs/deployment.md"), re.M
    )
    rules = {name: rule for name, rule in periodic_jobs().items() if not name.startswith("test.")}
    assert {code: time for _label, code, time in rows} == {
        name: f"{rule.at:%H:%M}" if isinstance(rule, Daily) else "" for name, rule in rules.items()
    }
    assert {code: label for label, code, _time in rows} == {name: label_of(name) for name in rules}


def test_what_traceability_names_exists() -> None:
    text = text_of("docs/traceability.md")
    paths = re.findall(r"`((?:src|tests)/[^`]+)`", text)
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []
    names = {page.name for page in pages()}
    named = re.findall(r"`([a-z_]+:[a-z-]+)`", text)
    assert len(named) > 5
    assert [name for name in named if name not in names] == []


def test_every_dependency_says_why_and_there_are_few() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    required = [
        *project["dependencies"],
        *(one for e in project["optional-dependencies"].values() for one in e),
    ]
    names = {re.split(r"[\[<>=~! ;]", one, maxsplit=1)[0].lower() for one in required}
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", text_of("docs/dependencies.md"), re.M)
    reasons = {
        re.split(r"[\[ (]", name.strip(), maxsplit=1)[0]: why.strip()
        for cell, why in rows
        for name in cell.split(",")
    }
    assert [name for name in sorted(names) if not reasons.get(name)] == []
    assert len(names) <= 35


def test_every_app_is_in_the_table_of_the_structure() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    rows = set(re.findall(r"^\| `([a-z]+)/` \|", text_of("docs/architecture.md"), re.M))
    assert rows == folders
    assert len(rows) > 5


def test_generated_documents_say_what_the_code_says() -> None:
    # A process of its own: tests declare events too.
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "scripts.generate_docs", "--check"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def printed_commands() -> Iterator[tuple[str, str]]:
    """Each command of a console block in docs/draw.md, and what it is said to print."""
    for block in re.findall(r"^```console\n(.*?)^```", text_of("docs/draw.md"), re.M | re.S):
        yield from re.findall(r"^\$ (.+)\n((?:[^$\n].*\n)+)", block, re.M)


def test_the_commands_for_doubters_print_what_is_printed() -> None:
    commands = dict(printed_commands())
    assert len(commands) == text_of("docs/draw.md").count("\n$ ") == 7
    for command, output in commands.items():
        hashed = r"printf %s [^;&<>`$]+\| sha256sum( \| cut -c1-(16|32))?"
        weighted = r'python3 -c "print\(0x[0-9a-f]{16} \* 720720 // \d+\)"'
        assert re.fullmatch(f"{hashed}|{weighted}", command), command
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
        assert done.stdout == output


@pytest.mark.parametrize(
    "document", sorted(str(p.relative_to(ROOT)) for p in [*DOCS.glob("*.md"), *ROOT.glob("README*.md")])
)
def test_every_link_leads_somewhere(document: str) -> None:
    text = re.sub(r"^```.*?^```", "", text_of(document), flags=re.M | re.S)
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    files = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:", link)]
    assert [name for name in files if name and not ((ROOT / document).parent / name).exists()] == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and path != Path(__file__):
            text = path.read_bytes().decode("utf-8", errors="ignore")
            found += [f"{name}: {place}" for place in SOMEBODYS_PLACE.findall(text)]
    assert found == []
