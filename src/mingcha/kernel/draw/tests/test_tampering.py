"""Everything a verifier must refuse, with its stable code, by the kernel and by the single file alike."""

# ruff: noqa: E501  (one case a line reads as a table)

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mingcha.kernel.draw import CODES, Rejected, Source, seal, sealed_commitment, standalone, verify
from mingcha.kernel.draw.tests.support import DICE, digits, draw, roster, vector, write_files
from mingcha.kernel.draw.text import canonical_json, sha256_bytes

Files = dict[str, bytes]
Change = Callable[[Files], None]


def edit(name: str, old: bytes, new: bytes) -> Change:
    def change(files: Files) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

    return change


def put(name: str, data: bytes) -> Change:
    return lambda files: files.update({name: data})


def plan(change: Callable[[dict[str, Any]], Any]) -> Change:
    """Edit the plan as an object and write it canonically again."""

    def apply(files: Files) -> None:
        value = json.loads(files["plan.json"])
        change(value)
        files["plan.json"] = canonical_json(value)

    return apply


def table(stem: str, data: bytes) -> Change:
    """Replace a table and commit to it, so that only its form is at fault."""

    def apply(files: Files) -> None:
        files[f"{stem}.csv"] = data
        plan(lambda p: p.update({f"{stem}_sha256": sha256_bytes(data)}))(files)

    return apply


def source(**fields: Any) -> Change:
    return plan(lambda p: p["entropy"][1].update(fields))


def value(text: str) -> Change:
    return edit("entropy.json", b"39274018265501937742", text.encode())


ROSTER = b"id,stratum,weight,skill,excluded\n"
INSPECTORS = b"id,skills,capacity\n"
RECUSALS = b"target,inspector\n"
DEEP = b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n"

CASES: list[tuple[str, str, Change]] = [
    *[
        (f"{name} is missing", "file-missing", lambda files, name=name: files.pop(name))  # type: ignore[misc]
        for name in ("plan.json", "roster.csv", "inspectors.csv", "recusals.csv", "entropy.json", "result.csv")
    ],
    ("CR LF in the roster", "file-cr", lambda f: f.update({"roster.csv": f["roster.csv"].replace(b"\n", b"\r\n")})),
    ("BOM in the roster", "file-bom", lambda f: f.update({"roster.csv": b"\xef\xbb\xbf" + f["roster.csv"]})),
    ("last LF missing", "file-last-lf", lambda f: f.update({"roster.csv": f["roster.csv"][:-1]})),
    ("empty roster file", "file-last-lf", put("roster.csv", b"")),
    ("roster in GBK", "file-encoding", edit("roster.csv", b"ldjc", "名".encode("gbk"))),
    ("roster in UTF-16", "file-last-lf", lambda f: f.update({"roster.csv": f["roster.csv"].decode().encode("utf-16-le")})),
    ("NUL in the roster", "roster-pattern", edit("roster.csv", b"TEST002005", b"TEST00200\0")),
    ("header changed", "roster-header", edit("roster.csv", b"stratum", b"Stratum")),
    ("lower-case id", "roster-pattern", edit("roster.csv", b"91130111TEST002005", b"91130111test002005")),
    ("id too long", "roster-pattern", table("roster", ROSTER + b"A" * 33 + b",B,1,,\n")),
    ("weight 0", "roster-pattern", table("roster", ROSTER + b"A,B,0,,\n")),
    ("weight 17", "roster-pattern", table("roster", ROSTER + b"A,B,17,,\n")),
    ("weight 01", "roster-pattern", table("roster", ROSTER + b"A,B,01,,\n")),
    ("a space", "roster-pattern", table("roster", ROSTER + b"A,B,1,, \n")),
    ("quotes", "roster-pattern", table("roster", ROSTER + b'"A",B,1,,\n')),
    ("a column too many", "roster-pattern", table("roster", ROSTER + b"A,B,1,,,\n")),
    ("an empty line", "roster-pattern", table("roster", ROSTER + b"\nA,B,1,,\n")),
    ("full-width digits", "roster-pattern", table("roster", ROSTER + "Ａ１,B,1,,\n".encode())),
    ("rows swapped", "roster-order", table("roster", ROSTER + b"B,B,1,,\nA,B,1,,\n")),
    ("row twice", "roster-duplicate", table("roster", ROSTER + b"A,B,1,,\nA,C,1,,\n")),
    ("roster row changed", "roster-digest", edit("roster.csv", b"002005,B,1,ldjc", b"002005,B,1,sbjh")),
    ("inspectors header", "inspectors-header", edit("inspectors.csv", b"capacity", b"cap")),
    ("capacity negative", "inspectors-pattern", table("inspectors", INSPECTORS + b"I1,,-1\n")),
    ("capacity too large", "inspectors-pattern", table("inspectors", INSPECTORS + b"I1,,1000000000\n")),
    ("skills end in plus", "inspectors-pattern", table("inspectors", INSPECTORS + b"I1,a+,1\n")),
    ("inspectors order", "inspectors-order", table("inspectors", INSPECTORS + b"I2,,1\nI1,,1\n")),
    ("inspector twice", "inspectors-duplicate", table("inspectors", INSPECTORS + b"I1,,1\nI1,a,1\n")),
    ("capacity set to 0", "inspectors-digest", edit("inspectors.csv", b"I002,ldjc,6", b"I002,ldjc,0")),
    ("recusals header", "recusals-header", edit("recusals.csv", b"target", b"Target")),
    ("recusals pattern", "recusals-pattern", table("recusals", RECUSALS + b"A\n")),
    ("recusals order", "recusals-order", table("recusals", RECUSALS + b"A,I2\nA,I1\n")),
    ("recusal twice", "recusals-duplicate", table("recusals", RECUSALS + b"A,I1\nA,I1\n")),
    ("recusal removed", "recusals-digest", edit("recusals.csv", b"91130111TEST002005,I002\n", b"")),
    ("plan re-indented", "plan-canonical", lambda f: f.update({"plan.json": json.dumps(json.loads(f["plan.json"]), indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"})),
    ("plan keys unsorted", "plan-canonical", lambda f: f.update({"plan.json": b'{"title":"x",' + f["plan.json"][1:]})),
    ("plan escapes non-ASCII", "plan-canonical", lambda f: f.update({"plan.json": json.dumps(json.loads(f["plan.json"]), sort_keys=True, separators=(",", ":")).encode() + b"\n"})),
    ("plan key twice", "plan-canonical", edit("plan.json", b'"per_target":2', b'"per_target":2,"per_target":2')),
    ("plan with a float", "plan-number", edit("plan.json", b'"reserve_pct":25', b'"reserve_pct":25.0')),
    ("plan with an exponent", "plan-number", edit("plan.json", b'"reserve_pct":25', b'"reserve_pct":1e2')),
    ("plan with NaN", "plan-number", edit("plan.json", b'"reserve_pct":25', b'"reserve_pct":NaN')),
    ("plan with a negative number", "plan-number", edit("plan.json", b'"reserve_pct":25', b'"reserve_pct":-1')),
    ("plan with a huge integer", "plan-number", edit("plan.json", b'"reserve_pct":25', b'"reserve_pct":' + b"9" * 1_000_000)),
    ("plan above 2^53", "plan-number", plan(lambda p: p.update(extra=2**53))),
    ("plan deeply nested", "plan-json", put("plan.json", DEEP)),
    ("plan not JSON", "plan-json", put("plan.json", b"{\n")),
    ("plan with a lone surrogate", "plan-json", put("plan.json", b'{"a":"\\ud800"}\n')),
    ("plan a list", "plan-field", put("plan.json", b"[]\n")),
    ("plan not UTF-8", "file-encoding", edit("plan.json", "测".encode(), b"\xff")),
    ("plan with CR", "file-cr", edit("plan.json", b"}\n", b"}\r\n")),
    ("spec of another version", "plan-spec", plan(lambda p: p.update(spec="SSJ-2"))),
    ("no spec", "plan-spec", plan(lambda p: p.pop("spec"))),
    ("draw_id with a bar", "plan-draw-id", plan(lambda p: p.update(draw_id="A|B"))),
    ("draw_id too long", "plan-draw-id", plan(lambda p: p.update(draw_id="A" * 49))),
    ("draw_id with a newline at the end", "plan-draw-id", plan(lambda p: p.update(draw_id="A\n"))),
    ("draw_id a number", "plan-draw-id", plan(lambda p: p.update(draw_id=1))),
    *[
        (f"no {field}", "plan-field", plan(lambda p, field=field: p.pop(field)))  # type: ignore[misc]
        for field in ("title", "roster_sha256", "inspectors_sha256", "recusals_sha256", "weighting", "reserve_pct", "per_target")
    ],
    ("digest in upper case", "plan-field", plan(lambda p: p.update(roster_sha256="A" * 64))),
    ("weighting unknown", "plan-field", plan(lambda p: p.update(weighting="w17"))),
    ("reserve_pct true", "plan-field", plan(lambda p: p.update(reserve_pct=True))),
    ("per_target absurd", "plan-field", plan(lambda p: p.update(per_target=10**15))),
    ("roster_root short", "plan-field", plan(lambda p: p.update(roster_root="ab"))),
    ("no quota", "plan-quota-mode", plan(lambda p: p.pop("quota"))),
    ("quota mode unknown", "plan-quota-mode", plan(lambda p: p["quota"].update(mode="lottery"))),
    ("quota mode a list", "plan-quota-mode", plan(lambda p: p["quota"].update(mode=["fixed"]))),
    ("quota base unknown", "plan-quota", plan(lambda p: p["quota"].update(base="some"))),
    ("quota with a mistyped field", "plan-quota", plan(lambda p: p["quota"].update(minimum={"B": 1}))),
    ("quota k a number", "plan-quota", plan(lambda p: p["quota"].update(k=3))),
    ("quota k of a bad stratum", "plan-quota", plan(lambda p: p["quota"].update(k={"B C": 3}))),
    ("quota k text", "plan-quota", plan(lambda p: p["quota"].update(k={"B": "3"}))),
    ("quota k true", "plan-quota", plan(lambda p: p["quota"].update(k={"B": True}))),
    ("quota bp above 10000", "plan-quota", plan(lambda p: p.update(quota={"base": "all", "mode": "rate", "bp": {"B": 10001}}))),
    ("quota total with k and bp", "plan-quota", plan(lambda p: p.update(quota={"base": "all", "mode": "total", "bp": 1, "k": 1}))),
    ("quota total with neither", "plan-quota", plan(lambda p: p.update(quota={"base": "all", "mode": "total"}))),
    ("quota total k a table", "plan-quota", plan(lambda p: p.update(quota={"base": "all", "mode": "total", "k": {"B": 1}}))),
    ("no entropy in the plan", "plan-entropy", plan(lambda p: p.update(entropy=[]))),
    ("entropy a text", "plan-entropy", plan(lambda p: p.update(entropy=["kl8"]))),
    ("source name upper case", "plan-entropy", source(name="DICE")),
    ("source issue with a bar", "plan-entropy", source(issue="1|2")),
    ("source without a pattern", "plan-entropy", plan(lambda p: p["entropy"][1].pop("pattern"))),
    ("sealed without commitment", "plan-entropy", source(name="sealed")),
    ("commitment malformed", "plan-entropy", source(commit="no")),
    ("commitment null", "plan-entropy", source(commit=None)),
    ("pattern with a back-reference", "plan-pattern", source(pattern="([0-9])\\1")),
    ("pattern with look-ahead", "plan-pattern", source(pattern="(?=a)[0-9]{20}")),
    ("pattern not closed", "plan-pattern", source(pattern="([0-9]{20}")),
    ("pattern with an open class", "plan-pattern", source(pattern="[0-9")),
    ("pattern with a reversed range", "plan-pattern", source(pattern="[9-0]{20}")),
    ("pattern with a reversed count", "plan-pattern", source(pattern="[0-9]{3,2}")),
    ("pattern empty", "plan-pattern", source(pattern="")),
    ("pattern too long", "plan-pattern", source(pattern="[0-9]" * 101)),
    ("pattern nested too deeply", "plan-pattern", source(pattern="(" * 9 + "0" + ")" * 9)),
    ("pattern that would explode in re", "entropy-pattern", source(pattern="(([0-9]|[0-9])*)*x")),
    ("entropy not JSON", "entropy-json", put("entropy.json", b"kl8\n")),
    ("entropy with spaces", "entropy-canonical", edit("entropy.json", b",", b", ")),
    ("entropy with a float", "entropy-number", put("entropy.json", b"[1.5]\n")),
    ("entropy an object", "entropy-field", put("entropy.json", b"{}\n")),
    ("entropy with a field more", "entropy-field", edit("entropy.json", b'"issue":"1"', b'"bonus":"1","issue":"1"')),
    ("entropy value a number", "entropy-field", edit("entropy.json", b'"39274018265501937742"', b"3927")),
    ("issue changed", "entropy-source", edit("entropy.json", b"2026198", b"2026199")),
    ("name changed", "entropy-source", edit("entropy.json", b'"dice"', b'"dicf"')),
    ("order changed", "entropy-source", lambda f: f.update({"entropy.json": canonical_json(json.loads(f["entropy.json"])[::-1])})),
    ("a source left out", "entropy-source", lambda f: f.update({"entropy.json": canonical_json(json.loads(f["entropy.json"])[:1])})),
    ("value with a bar", "entropy-characters", value("3927|18265501937742")),
    ("value empty", "entropy-characters", value("")),
    ("value far too long", "entropy-characters", value("1" * 100_000)),
    ("value too short", "entropy-pattern", value("3927401826550193774")),
    ("value with a newline at the end", "entropy-characters", value("39274018265501937742\\n")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "change"), [c[1:] for c in CASES], ids=[c[0].replace(" ", "-") for c in CASES]
)
def test_a_tampered_bundle_is_rejected_with_its_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str, change: Change
) -> None:
    files = vector("V3")
    change(files)
    with pytest.raises(Rejected) as caught:
        verify(files)
    assert caught.value.code == code
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300
    status = standalone.main([str(write_files(tmp_path, files))])
    captured = capsys.readouterr()
    assert status == 2
    assert captured.err.startswith(f"REJECTED: {code} ")
    assert captured.err.count("\n") == 1


def test_every_code_a_bundle_can_cause_has_a_case() -> None:
    elsewhere = {
        "argument", "file-not-regular", "file-too-large", "file-unreadable", "plan-digest", "entropy-sealed",
    }  # fmt: skip
    register = {c for c in CODES if c.startswith("register-")}
    assert {c[1] for c in CASES} == CODES - elsewhere - register


def test_a_wrong_sealed_secret_is_rejected_and_the_right_one_opens() -> None:
    secret = "5a" * 32
    sources = [DICE, Source("sealed", "1", "[0-9a-f]{64}", sealed_commitment(secret))]
    from mingcha.kernel.draw import reveal

    files = seal(
        draw_id="T-1", title="封存", quota={"base": "all", "mode": "fixed", "k": {"A": 1}}, entropy=sources,
        roster=roster({"A": 3}),
    ).files  # fmt: skip
    assert verify(reveal(files, [digits(1), secret]).files).match
    with pytest.raises(Rejected) as caught:
        reveal(files, [digits(1), "5b" * 32])
    assert caught.value.code == "entropy-sealed"


def test_a_changed_ball_or_inspector_is_a_mismatch() -> None:
    files = vector("V3")
    value("39274018265501937743")(files)
    assert not verify(files).match
    files = vector("V3")
    edit("result.csv", b"I006,I001", b"I006,I002")(files)
    assert not verify(files).match


def test_a_wholly_rewritten_bundle_is_caught_only_by_the_published_digest() -> None:
    published = sha256_bytes(vector("V1")["plan.json"])
    rewritten = draw(roster({"A": 30}), {"base": "all", "mode": "rate", "bp": {"A": 300}}).files
    assert verify(rewritten).match
    with pytest.raises(Rejected) as caught:
        verify(rewritten, published)
    assert caught.value.code == "plan-digest"


def test_unknown_extra_fields_of_the_plan_are_allowed() -> None:
    files = vector("V3")
    plan(lambda p: p.update(places=["网站", {"deadline": "2026-07-01"}], note=None, ok=True))(files)
    assert verify(files).match


def test_a_million_byte_line_and_a_missing_newline_are_refused_quickly() -> None:
    for data in (
        b"9" * 10_000_000,
        ROSTER + b"9" * 10_000_000 + b"\n",
        INSPECTORS + b"I1," + b"a+" * 5_000_000 + b"\n",
    ):
        files = {**vector("V1"), "roster.csv": data}
        with pytest.raises(Rejected):
            verify(files)


def test_a_recusal_of_somebody_unknown_has_no_effect() -> None:
    quota = {"base": "all", "mode": "fixed", "k": {"A": 3}}
    from mingcha.kernel.draw import InspectorRow, Recusal

    people = [InspectorRow(f"I{n}", (), 3) for n in range(3)]
    plain = draw(roster({"A": 5}), quota, inspectors=people, per_target=2).files["result.csv"]
    decoys = [Recusal("Z" * 32, "I1"), Recusal("E001", "I9")]
    salted = draw(roster({"A": 5}), quota, inspectors=people, recusals=decoys, per_target=2)
    assert salted.files["result.csv"] == plain
