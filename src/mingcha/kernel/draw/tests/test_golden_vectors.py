"""The worked cases of the protocol's section 8, to the byte."""

from __future__ import annotations

import hashlib
import json

import pytest

from mingcha.kernel.draw import full_bundle, replay, result_csv, verify
from mingcha.kernel.draw.merkle import openings, opens, roster_root, salt
from mingcha.kernel.draw.pairing import Pairing
from mingcha.kernel.draw.roster import parse_roster
from mingcha.kernel.draw.seed import Value, derive_keys
from mingcha.kernel.draw.selection import ticket
from mingcha.kernel.draw.tests.support import vector

KL8 = "02.05.11.14.19.23.27.31.36.40.44.47.52.55.58.63.66.70.74.79"
TABLE = {
    "V1": (
        "2859753e2a81b46e1904e58ac3ffa0c15fec85d40eabc5ee04424ab8907ca57a",
        "36998834b9b613c4cb2650e0cfd8c691886df8ab61205c2a573b916a40ef37a8",
        {"A": 1, "B": 1, "C": 2, "D": 3},
        "19ab9d633c38c2b2428aa9d9d091ac358d60fbd25c6a3e21ffaf2674417de5fa",
    ),
    "V2": (
        "ce485052f0b8f16797f8148bdf00d97205489f997839442fe35b773c84bfe97c",
        "09a5166e0bba1c3cb51fede01c4f6f5e6a85d67a66904bf72dc5d21e202fd0cf",
        {"A": 2, "B": 3, "C": 3, "D": 2},
        "18cf9b6b1bbe7b06d797eadb9f658acf545c472cbea0081db1fa4c2f25bcd138",
    ),
    "V3": (
        "6e116a77b093c4c6dfa33de6e65db843b619b0be441f4edf2164d39133cb21bb",
        "494c649bda64c1f9f722bc1bd10f53732decc4cad451d67c95a2f9ba45b09527",
        {"B": 12},
        "f7c3ce865e4446ebbce5819c53a9ef73390ee75421cfc90a86181a4e30786afb",
    ),
    "V5": (
        "9384b50a25650354e981f394ed65edf877fa41464bb0d934f08b46e0a8fd2c5d",
        "6f9817781b4e321dc5b2ca3b9b2e441c4375a6825a458ad84abb323b6138e4ff",
        {"B": 5},
        "a547cd507eb1e7ab9b3cea104dba3db6c0f5bc846ae89fc9573795398047520f",
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_vector_is_repeated_to_the_byte(name: str) -> None:
    files = vector(name)
    digest, seed, drawn, result = TABLE[name]
    report = verify(files, digest)
    assert report.match
    assert not report.targets_only
    assert report.draw.keys.seed == seed
    assert {s.code: len(s.drawn) for s in report.draw.strata} == drawn
    assert hashlib.sha256(result_csv(report.draw)).hexdigest() == result == report.result_digest


def test_the_seed_and_keys_of_the_micro_vector() -> None:
    keys = derive_keys("130111-RS-2026-0001", [Value("kl8", "2026198", KL8)])
    assert keys.seed_text == f"SSJ-1|130111-RS-2026-0001|kl8=2026198={KL8}"
    assert keys.seed == TABLE["V1"][1]
    assert keys.draw_key == "e289ba70af16e5d0bcf0daca71f5c98c"
    assert keys.insp_key == "1fcdff8addb021c1cbaf6dea02566902"


def test_the_ticket_of_the_micro_vector() -> None:
    expected = "07e8d0cc7d123d312c9cb7d46535e7f9f0392213fa54a1613c2c1be5adda6aee"
    assert ticket("e289ba70af16e5d0bcf0daca71f5c98c", "91130111TEST00011F") == expected


def test_the_cards_of_the_micro_vector() -> None:
    pairing = Pairing("918fa9507ccbbfe4ed97cb8849a9900f", [], [], [], 0)
    assert pairing.card("I001", 0).startswith("0cd4dabc09da5bc6")
    assert pairing.card("I001", 1).startswith("d64ffeb79e3650b0")
    assert pairing.card("I002", 0).startswith("914ffdc715494527")


def test_the_merkle_root_and_one_opening_of_the_micro_vector() -> None:
    rows = parse_roster(vector("V1")["roster.csv"])
    key = "00112233445566778899aabbccddeeff"
    root = roster_root(rows, key)
    assert root == "4ba83cc640b3f0a1ed154ef66712d0cbb8d9798725c701a4eab9e7af09f654ba"
    opening = openings(rows, key, ["91130111TEST000054"])["91130111TEST000054"]
    assert opening.row == "91130111TEST000054,B,1,,"
    assert opening.salt == "a1e806915e8fbfec74cdea2b7449d8fa" == salt(key, "91130111TEST000054")
    path = [f"{s.side} {s.digest[:8]}" for s in opening.siblings]
    assert path == ["L f0822e57", "R 7974303c", "L f42089d9", "R c22a6d3d", "R adf778c8"]
    assert opens(opening, root)


def test_every_row_opens_to_the_root_and_no_changed_row_does() -> None:
    rows = parse_roster(vector("V2")["roster.csv"])
    root = roster_root(rows, "ab")
    for opening in openings(rows, "ab", [r.id for r in rows]).values():
        assert opens(opening, root)
        assert not opens(opening._replace(row=opening.row.replace(",", ",X", 1)), root)


def test_v3_has_one_repair_and_one_levelling_chain() -> None:
    pairing = replay(vector("V3")).pairing
    assert pairing is not None
    chains = json.loads(full_bundle(vector("V3"))["chains.json"])["chains"]
    assert chains == [
        {"joins": "I006", "kind": "调剂", "moves": [{"from": "I006", "seq": 6, "to": "I003"}], "seq": 10},
        {"kind": "拉平", "moves": [{"from": "I002", "seq": 10, "to": "I003"}]},
    ]


def test_v5_names_the_two_full_inspectors_as_the_reason() -> None:
    record = json.loads(full_bundle(vector("V5"))["chains.json"])
    assert record["certificates"] == [["I001", "I002"]]
    assert record["unserved"] == [{"certificate": 0, "id": "91130111TEST004030", "seq": 5, "slots": 2}]


def test_excluding_an_undrawn_company_changes_nothing_else() -> None:
    """The seed does not contain the roster digest (5.3): edits are visible and concern only their subject."""
    from mingcha.kernel.draw.plan import build_plan, parse_plan

    files = vector("V1")
    roster = files["roster.csv"].replace(b"91130111TEST000091,B,1,,\n", b"91130111TEST000091,B,1,,NEW\n")
    raw = parse_plan(files["plan.json"])
    plan = build_plan(
        draw_id=raw.draw_id, title=raw.title, quota=raw.quota, entropy=raw.sources, roster=roster,
        inspectors=files["inspectors.csv"], recusals=files["recusals.csv"], reserve_pct=raw.reserve_pct,
    )  # fmt: skip
    again = result_csv(replay({**files, "roster.csv": roster, "plan.json": plan}))
    assert again == files["result.csv"]
