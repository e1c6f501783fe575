"""Rules of the house that no linter knows (docs/architecture.md), held over every file of the product."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import get_resolver

from mingcha.base.events import Event
from mingcha.web.forms import ServiceFormView

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "mingcha"
MAX_LINES = 400
MANAGERS = {"objects", "_default_manager", "_base_manager"}
PAGE_MODULES = re.compile(r"(^|/)(views|registers|providers)(\.py$|/)")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")

SOURCES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if not {"tests", "migrations"} & set(path.relative_to(PACKAGE).parts)
)
TEMPLATES = sorted(PACKAGE.rglob("*.html"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def test_the_walk_meets_the_product() -> None:
    assert len(SOURCES) > 100
    assert len(TEMPLATES) > 30


def test_no_module_is_longer_than_a_person_reads() -> None:
    long = {name_of(path): text_of(path).count("\n") for path in SOURCES}
    assert {name: lines for name, lines in long.items() if lines > MAX_LINES} == {}


def test_nothing_is_left_unfinished() -> None:
    files = [*SOURCES, *TEMPLATES, *(PACKAGE / "static" / "mingcha").rglob("*.js")]
    assert [name_of(path) for path in files if UNFINISHED.search(text_of(path))] == []


def names_of_gettext(tree: ast.Module) -> set[str]:
    """Under which names a module calls `gettext`, which translates at once."""
    imports = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
    ]
    return {alias.asname or alias.name for node in imports for alias in node.names if alias.name == "gettext"}


def called_at_import(node: ast.AST, names: set[str]) -> Iterator[int]:
    """Lines outside functions where one of these is called."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in names:
            yield child.lineno
        yield from called_at_import(child, names)


def test_words_of_a_page_wait_for_its_language() -> None:
    trees = {name_of(path): tree_of(path) for path in SOURCES if "management" not in path.parts}
    eager = [
        f"{name}:{line}"
        for name, tree in trees.items()
        for line in called_at_import(tree, names_of_gettext(tree))
    ]
    assert eager == []


def test_no_hook_waits_to_be_written() -> None:
    found = [name_of(path) for path in SOURCES if "raise NotImplementedError" in ast.unparse(tree_of(path))]
    assert found == []


def subclasses(of: type[Any]) -> Iterator[type[Any]]:
    """Every class of the product below another; tests' own classes are left out."""
    for known in of.__subclasses__():
        if known.__module__.startswith("mingcha.") and ".tests" not in known.__module__:
            yield known
        yield from subclasses(known)


def test_every_form_that_a_page_shows_has_its_service_and_its_outcome() -> None:
    assert get_resolver().url_patterns  # loads every page
    forms = set(subclasses(ServiceFormView))
    shown = [view for view in forms if not any(issubclass(below, view) for below in forms - {view})]
    assert [view.__qualname__ for view in shown if inspect.isabstract(view)] == []
    assert len(shown) > 5


def opened_without_asking(tree: ast.Module) -> Iterator[int]:
    """Lines where a manager is used for anything but `.visible_to(…)` or `.none()`."""
    asked = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"visible_to", "none"}
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in asked:
            yield node.lineno


def test_the_search_for_managers_finds_them() -> None:
    found = opened_without_asking(ast.parse("A.objects.all()\nB.objects.visible_to(v)\nrows = C.objects\n"))
    assert sorted(found) == [1, 3]


def test_pages_reach_objects_only_as_their_viewer() -> None:
    # web/ is the frame: its filters ask `visible_to` of whatever model they are given.
    paths = [path for path in SOURCES if PAGE_MODULES.search(name_of(path)) and name_of(path)[:4] != "web/"]
    found = [f"{name_of(path)}:{line}" for path in paths for line in opened_without_asking(tree_of(path))]
    assert found == []
    assert len(paths) > 15


#: What the content security policy would refuse, or what would act without being asked twice.
FORBIDDEN_IN_TEMPLATES = {
    "inline style": re.compile(r"\sstyle\s*="),
    "inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "htmx expression": re.compile(r"\shx-(on|vals\s*=\s*[\"']js:)"),
    "script without source or nonce": re.compile(r"<script(?![^>]*\b(src|nonce)=)", re.I),
    "style without nonce": re.compile(r"<style(?![^>]*\bnonce=)", re.I),
    "javascript address": re.compile(r"[\"']\s*javascript:", re.I),
    "other site": re.compile(r"<(script|link|img|iframe)[^>]*(src|href)=[\"'](https?:)?//", re.I),
}


@pytest.mark.parametrize("what", FORBIDDEN_IN_TEMPLATES)
def test_no_template_holds_what_the_policy_refuses(what: str) -> None:
    expression = FORBIDDEN_IN_TEMPLATES[what]
    assert [name_of(path) for path in TEMPLATES if expression.search(text_of(path))] == []


def test_no_code_writes_inline_styles_or_handlers() -> None:
    expression = re.compile(
        r"""<[a-z][^>"']*\s(style|on[a-z]+)=|["'](style|on(click|change|submit|load|input))["']:"""
    )
    assert [name_of(path) for path in SOURCES if expression.search(text_of(path))] == []


FORM = re.compile(r"<form\b.*?</form>", re.S)


#: Sent by whoever holds the code in the address, without cookie: there is nothing that could be forged with.
BY_CODE = {"enterprise/templates/enterprise/say.html"}


def test_forms_change_things_by_post_and_ask_by_get() -> None:
    wrong = []
    for path in TEMPLATES:
        if name_of(path) in BY_CODE:
            continue
        for form in FORM.findall(text_of(path)):
            opening = form[: form.index(">")]
            posts = bool(re.search(r"""method=["']post""", opening, re.I))
            changes = bool(re.search(r"csrf_token|once_token|hx-(post|put|patch|delete)|formmethod", form))
            if posts != changes or (posts and "{% csrf_token %}" not in form):
                wrong.append(f"{name_of(path)}: {opening[:80]}")
    assert wrong == []


def events() -> Iterator[type[Event]]:
    return subclasses(Event)


def test_every_event_has_a_code_and_a_chinese_label() -> None:
    known = [event for event in events() if not event.__subclasses__()]
    wrong = [
        event.__qualname__
        for event in known
        if not re.fullmatch(r"[a-z]+(\.[a-z_-]+)+", event.code) or not re.search(r"[一-鿿]", str(event.label))
    ]
    assert wrong == []
    assert len({event.code for event in known}) == len(known) > 20


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail("models have changed: run makemigrations")
