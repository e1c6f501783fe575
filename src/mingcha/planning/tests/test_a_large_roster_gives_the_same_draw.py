"""DuckDB reads and draws as the kernel does: the same counts, rows, order, keys and cut-offs."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from mingcha.kernel.draw import Plan, RosterRow, Source
from mingcha.kernel.draw.plan import build_plan, parse_plan
from mingcha.kernel.draw.roster import load_roster, write_roster
from mingcha.kernel.draw.selection import Stratum, select
from mingcha.kernel.draw.tests.support import random_bundle, vector
from mingcha.planning import large_roster
from mingcha.planning.large_roster import EngineMissing, LargeRoster, Unfit

KEY = "e289ba70af16e5d0bcf0daca71f5c98c"


def written(folder: Path, data: bytes) -> Path:
    path = folder / "roster.csv"
    path.write_bytes(data)
    return path


def plan_of(quota: dict[str, Any], **options: Any) -> Plan:
    data = build_plan(
        draw_id="T-1", title="试", quota=quota, entropy=[Source("dice", "1", "[0-9]{20}")], roster=b"",
        inspectors=b"", recusals=b"", **options,
    )  # fmt: skip
    return parse_plan(data)


def both(path: Path, plan: Plan) -> tuple[list[Stratum], list[Stratum]]:
    """The strata by DuckDB and by the kernel, of a roster that both read alike."""
    with LargeRoster(path) as file:
        roster = file.load()
        found = file.select(plan, KEY, roster)
    expected = load_roster(path)
    assert roster == expected
    return found, select(plan, KEY, expected)


def rows(count: int, strata: Iterable[str] = "ABCD", seed: int = 1) -> list[RosterRow]:
    """Random rows: every weight, some skills, some exclusions, ids of every length."""
    chance, codes = random.Random(seed), list(strata)
    ids = {f"{n:X}".rjust(chance.randint(1, 32), "0") for n in range(count)}
    return [
        RosterRow(
            id, chance.choice(codes), chance.randint(1, 16), chance.choice(["", "ldjc", "a.b-c_d"]),
            chance.choice(["", "", "", "NEW"]),
        )
        for id in ids
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["V1", "V2", "V3", "V5"])
def test_the_published_vectors(tmp_path: Path, name: str) -> None:
    files = vector(name)
    found, expected = both(written(tmp_path, files["roster.csv"]), parse_plan(files["plan.json"]))
    assert found == expected
    assert any(stratum.drawn for stratum in found)


@pytest.mark.parametrize("seed", range(25))
def test_a_random_draw_is_the_same(tmp_path: Path, seed: int) -> None:
    files = random_bundle(seed)
    found, expected = both(written(tmp_path, files["roster.csv"]), parse_plan(files["plan.json"]))
    assert found == expected


@pytest.mark.parametrize("weighting", ["none", "w16"])
@pytest.mark.parametrize("share", [1, 300, 10_000])
def test_thousands_of_rows_with_every_weight(tmp_path: Path, weighting: str, share: int) -> None:
    quota = {"mode": "rate", "base": "all", "bp": {"A": share, "B": share, "C": 5_000}, "min": {"A": 3}}
    plan = plan_of(quota, weighting=weighting, reserve_pct=20)
    found, expected = both(written(tmp_path, write_roster(rows(20_000))), plan)
    assert found == expected
    assert sum(len(stratum.drawn) for stratum in found) > 1_000


def test_more_strata_than_anybody_needs(tmp_path: Path) -> None:
    codes = [f"S{n}" for n in range(3_000)]
    quota = {"mode": "total", "base": "eligible", "bp": 3_000}
    found, expected = both(written(tmp_path, write_roster(rows(9_000, codes))), plan_of(quota))
    assert found == expected
    assert len(found) > 2_000


@pytest.mark.parametrize("weighting", ["none", "w16"])
def test_a_bound_that_was_too_low_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weighting: str
) -> None:
    bounds: list[int] = []

    def too_low(wanted: int, weights: dict[int, int], weighting: str) -> int:
        bounds.append(wanted)
        return 1 << 40

    monkeypatch.setattr(large_roster, "key_limit", too_low)
    quota = {"mode": "fixed", "base": "all", "k": {"A": 7, "B": 9}}
    found, expected = both(written(tmp_path, write_roster(rows(2_000))), plan_of(quota, weighting=weighting))
    assert bounds == [7, 9]
    assert found == expected


def test_a_roster_without_rows(tmp_path: Path) -> None:
    path = written(tmp_path, write_roster([]))
    assert both(path, plan_of({"mode": "total", "base": "all", "k": 3})) == ([], [])


def test_a_row_out_of_place_is_found_wherever_it_lies(tmp_path: Path) -> None:
    # More than DuckDB reads at once (2,048 rows) and than one thread takes (122,880).
    lines = [f"{n:018},A,1,,\n" for n in range(400_000)]
    for place in (1, 2_047, 2_048, 122_880, 245_760, 399_999):
        swapped = list(lines)
        swapped[place - 1], swapped[place] = swapped[place], swapped[place - 1]
        path = written(tmp_path, ("id,stratum,weight,skill,excluded\n" + "".join(swapped)).encode())
        with LargeRoster(path) as file, pytest.raises(Unfit):
            file.load()


def test_a_file_that_changes_while_it_is_read_is_not_drawn_from(tmp_path: Path) -> None:
    path = written(tmp_path, write_roster(rows(100)))
    plan = plan_of({"mode": "fixed", "base": "all", "k": {"A": 3}})
    with LargeRoster(path) as file:
        roster = file.load()
        path.write_bytes(write_roster(rows(101)))
        with pytest.raises(Unfit):
            file.select(plan, KEY, roster)


def test_the_database_reads_this_file_and_nothing_else(tmp_path: Path) -> None:
    path, other = written(tmp_path, write_roster(rows(10))), tmp_path / "other.csv"
    other.write_bytes(path.read_bytes())
    with LargeRoster(path) as file, pytest.raises(Unfit, match="Permission"):
        list(file._query(f"SELECT * FROM {large_roster.FIELDS}", [str(other)]))
    with LargeRoster(path) as file, pytest.raises(Unfit, match="locked"):
        list(file._query("SET enable_external_access = true", []))


def test_a_name_full_of_wildcards_and_quotes_is_only_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "a'*[b]?;--"
    folder.mkdir()
    with LargeRoster(written(folder, write_roster(rows(10)))) as file:
        assert sum(file.load().rows.values()) == 10


def test_without_duckdb_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_roster, "available", lambda: False)
    with pytest.raises(EngineMissing, match=r"pip install 'mingcha\[large\]'"):
        LargeRoster(written(tmp_path, write_roster([])))


HOSTILE = {
    "empty": b"",
    "only a header without its end": b"id,stratum,weight,skill,excluded",
    "another header": b"id,stratum,weight,skill\n",
    "a byte order mark": b"\xef\xbb\xbf%s",
    "a carriage return": b"%sA,B,1,,\r\n",
    "a quoted id": b'%s"A",B,1,,\n',
    "a quote that never ends": b'%s"A,B,1,,\nB,B,1,,\n',
    "a comma too many": b"%sA,B,1,,,\n",
    "a comma too few": b"%sA,B,1,\n",
    "commas that add up": b"%sA,B,1,\nB,B,1,,,\n",
    "an empty line": b"%s\nA,B,1,,\n",
    "an empty line at the end": b"%sA,B,1,,\n\n",
    "a NUL": b"%sA\0,B,1,,\n",
    "not UTF-8": b"%sA,\xff,1,,\n",
    "a long line": b"%s" + b"A" * 1_000_000 + b",B,1,,\n",
    "a long line of commas": b"%s" + b"," * 1_000_000 + b"\n",
    "no end": b"%sA,B,1,,",
    "a comment": b"%s#A,B,1,,\n",
    "the word null": b"%sNULL,NULL,1,,\nA,B,1,,\n",
    "a star": b"%s*,*,1,*,*\n",
    "a weight of nothing": b"%sA,B,,,\n",
    "a weight of seventeen": b"%sA,B,17,,\n",
    "a weight with a nought": b"%sA,B,01,,\n",
    "a long id": b"%s" + b"A" * 33 + b",B,1,,\n",
    "a lower-case id": b"%sa,B,1,,\n",
    "a long skill": b"%sA,B,1," + b"a" * 33 + b",\n",
    "twice the same id": b"%sA,B,1,,\nA,C,1,,\n",
    "a step back": b"%sB,B,1,,\nA,B,1,,\n",
    "the header again": b"%sid,stratum,weight,skill,excluded\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_the_kernel_rejects_is_left_to_the_kernel(tmp_path: Path, name: str) -> None:
    from mingcha.kernel.draw import Rejected

    path = written(tmp_path, HOSTILE[name].replace(b"%s", b"id,stratum,weight,skill,excluded\n"))
    with pytest.raises(Rejected):
        load_roster(path)
    with LargeRoster(path) as file, pytest.raises(Unfit):
        file.load()


def test_what_is_no_regular_file_is_left_to_the_kernel(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(written(tmp_path, write_roster([])))
    for path in (link, tmp_path, tmp_path / "nothing.csv"):
        with pytest.raises(Unfit):
            LargeRoster(path)
