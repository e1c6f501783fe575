"""A roster that lies in a file is read in blocks, and gives what the whole text gives, to the byte."""

from __future__ import annotations

import random
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingcha.kernel.draw import (
    Rejected,
    RosterRow,
    excluded_within_cutoff,
    explain,
    parse_plan,
    replay,
    result_csv,
)
from mingcha.kernel.draw.plan import Plan
from mingcha.kernel.draw.replay import check, compose
from mingcha.kernel.draw.roster import (
    ROSTER_HEADER,
    ROSTER_ROW,
    Roster,
    load_roster,
    row_of,
    write_roster,
)
from mingcha.kernel.draw.selection import Stratum, key_limit, select, ticket, ticketed, wanted_rows
from mingcha.kernel.draw.tables import check_lines
from mingcha.kernel.draw.tests.support import draw, random_bundle, roster, vector
from mingcha.kernel.draw.text import decoded, sha256_bytes

SIZES = (1, 5, 33, 1000)
KEY = "e289ba70af16e5d0bcf0daca71f5c98c"


def read_whole(data: bytes) -> list[RosterRow]:
    """The plain reading: the whole text at once, line by line."""
    lines = decoded("roster.csv", data).split("\n")[:-1]
    rows = check_lines("roster", lines, ROSTER_HEADER, ROSTER_ROW, 1)
    return [RosterRow(i, s, int(w), skill, out) for i, s, w, skill, out in rows]


def sort_everything(plan: Plan, draw_key: str, given: Roster) -> list[Stratum]:
    """The plain selection of protocol 7.6: every ticket of every eligible row, sorted."""
    rows = list(given.scan())
    strata = []
    for code, (k, spare) in wanted_rows(plan, given).items():
        own = [r for r in rows if r.stratum == code]
        able = [ticketed(draw_key, r, plan.weighting) for r in own if not r.excluded]
        order = sorted(able)
        cutoff = order[k - 1].key if k else None
        strata.append(Stratum(code, len(own), len(able), order[:k], order[k : k + spare], cutoff))
    return strata


@pytest.mark.parametrize("size", SIZES)
def test_blocks_of_any_size_give_the_rows_and_counts_of_the_whole_text(size: int, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    for seed in range(40):
        data = random_bundle(seed)["roster.csv"]
        path.write_bytes(data)
        rows, found = read_whole(data), load_roster(path, size)
        assert list(found.scan()) == rows
        assert list(found.excluded()) == [r for r in rows if r.excluded]
        assert found.digest == sha256_bytes(data)
        assert found.rows == dict(Counter(r.stratum for r in rows))
        able = Counter(r.stratum for r in rows if not r.excluded)
        assert found.eligible == {s: able[s] for s in found.rows}
        assert [found.find(r.id) for r in rows] == rows
        assert found.find("E0") is found.find("E") is found.find(".*") is found.find("") is None


@pytest.mark.parametrize("size", SIZES)
def test_a_streamed_draw_is_the_draw_of_sorting_every_ticket(size: int, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    for seed in range(40):
        files = random_bundle(seed)
        path.write_bytes(files.pop("roster.csv"))
        checked = check(files, roster=load_roster(path, size))
        strata = select(checked.plan, checked.keys.draw_key, checked.roster)
        plain = sort_everything(checked.plan, checked.keys.draw_key, checked.roster)
        assert strata == plain
        assert result_csv(compose(checked, plain)) == files["result.csv"]


def test_whatever_is_wrong_is_named_as_the_plain_reading_names_it(tmp_path: Path) -> None:
    chance, path, good = random.Random(7), tmp_path / "roster.csv", vector("V1")["roster.csv"]
    accepted = 0
    for data in faulty(chance, good):
        path.write_bytes(data)
        try:
            read_whole(data)
            expected = ""
        except Rejected as error:
            expected = str(error)
        for where in (data, path):
            try:
                load_roster(where, chance.choice(SIZES))
                found = ""
            except Rejected as error:
                found = str(error)
            assert found == expected
        accepted += not expected
    assert 10 < accepted < 300


def faulty(chance: random.Random, good: bytes) -> Iterator[bytes]:
    """Rosters with one to three bytes or lines changed, and some that end or begin strangely."""
    for _ in range(500):
        data = bytearray(good)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 2)] = chance.choice(
                [b"", b"\n", b"\r", b",", b"A", b"0", b"\xff", b"\x00", "名".encode(), bytes([data[at] ^ 1])]
            )
        yield bytes(data)
    for _ in range(100):
        lines = good.splitlines(keepends=True)
        here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[here], lines[there] = lines[there], lines[chance.choice([here, there])]
        yield b"".join(lines)
    header = good[: good.index(b"\n") + 1]
    yield from (b"", b"\n", b"\xef\xbb\xbf" + good, good + b"\n", good[:-1], header, header[:-1], header * 2)
    yield from (header + b"9" * 20_000 + b"\n", header + b"9" * 20_000, header + "名".encode() * 9000 + b"\n")


def test_a_file_that_changes_between_the_readings_is_not_drawn_from(tmp_path: Path) -> None:
    files = vector("V1")
    path = tmp_path / "roster.csv"
    path.write_bytes(files.pop("roster.csv"))
    checked = check(files, roster=path)
    path.write_bytes(path.read_bytes().replace(b"TEST000091,B,1,,\n", b"TEST000091,B,1,,NEW\n"))
    with pytest.raises(Rejected, match="roster-digest"):
        select(checked.plan, checked.keys.draw_key, checked.roster)
    path.unlink()
    with pytest.raises(Rejected, match="file-unreadable"):
        checked.roster.find("91130111TEST000091")


def test_the_excluded_and_one_company_are_found_in_a_file_as_in_memory(tmp_path: Path) -> None:
    files = vector("V1")
    path = tmp_path / "roster.csv"
    path.write_bytes(files["roster.csv"])
    whole = replay(files)
    del files["roster.csv"]
    streamed = replay(files, roster=path)
    assert excluded_within_cutoff(streamed) == excluded_within_cutoff(whole)
    for row in whole.roster.scan():
        assert explain(streamed, row.id) == explain(whole, row.id)


def test_too_few_keys_below_the_expected_limit_are_noticed_with_weights_too() -> None:
    candidates = (RosterRow(f"E{n}", "AB"[n % 2], n % 16 + 1, "", "") for n in range(20_000))
    rows = [r for r in candidates if r.stratum == "A" or ticket(KEY, r.id) >= "f"]
    quota = {"base": "all", "mode": "fixed", "k": {"A": 10, "B": 10}}
    for weighting in ("none", "w16"):
        plan = parse_plan(draw(rows, quota, weighting=weighting).files["plan.json"])
        found = load_roster(write_roster(rows))
        limit = key_limit(10, found.weights["B"], weighting)
        able = [ticketed(KEY, r, weighting) for r in rows if r.stratum == "B"]
        assert len([t for t in able if t.key < limit]) < 10
        assert select(plan, KEY, found) == sort_everything(plan, KEY, found)


@pytest.mark.parametrize("weighting", ["none", "w16"])
def test_the_expected_limit_keeps_a_few_more_than_wanted(weighting: str) -> None:
    rows = [RosterRow(f"E{n}", "A", n % 16 + 1, "", "") for n in range(20_000)]
    weights = dict(Counter(r.weight for r in rows))
    for wanted in (1, 100, 600, 5000):
        limit = key_limit(wanted, weights, weighting)
        below = len([r for r in rows if ticketed(KEY, r, weighting).key < limit])
        assert wanted <= below < wanted + 12 * wanted**0.5 + 200


def test_memory_does_not_grow_with_the_roster(tmp_path: Path) -> None:
    """60,000 rows as objects would take more than 20 MB; a block of 16 KiB has about a thousand."""
    path = tmp_path / "roster.csv"
    with path.open("w") as file:
        file.write(ROSTER_HEADER + "\n")
        file.writelines(f"E{n:05},{'AB'[n % 2]},1,,{'X' if n % 50 == 0 else ''}\n" for n in range(60_000))
    quota = {"base": "all", "mode": "rate", "bp": {"A": 100, "B": 100}}
    files = draw(roster({"A": 1}), quota).files
    tracemalloc.start()
    try:
        found = load_roster(path, 1 << 14)
        strata = select(parse_plan(files["plan.json"]), KEY, found)
        assert found.find("E59999") is not None
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [len(s.drawn) for s in strata] == [300, 300]
    assert peak < 3_000_000


def test_a_line_becomes_a_row_and_its_codes_are_shared() -> None:
    first, second = row_of(b"E1,STRATUM-1,16,skill-1,"), row_of(b"E2,STRATUM-1,1,skill-1,WHY")
    assert first == RosterRow("E1", "STRATUM-1", 16, "skill-1", "")
    assert second.excluded == "WHY"
    assert first.stratum is second.stratum
    assert first.skill is second.skill
