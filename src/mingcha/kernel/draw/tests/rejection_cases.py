"""The bundles that every verifier must refuse, written to vectors/rejections.json for all implementations.

Write the file again after a change: `python -m mingcha.kernel.draw.tests.rejection_cases`.

It is a list of `{code, why, base, changes, plan}`: take the files of vector `base`, replace or remove (null)
those in `changes` (text as UTF-8, or `{"base64": …}` where bytes are not UTF-8), verify with the published
plan digest `plan` (null: none was kept); the verifier must reject with `code`, whatever else may be wrong.
"""

# ruff: noqa: E501  (one case a line reads as a table)

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from mingcha.kernel.draw import sealed_commitment
from mingcha.kernel.draw.tests.support import VECTORS, vector
from mingcha.kernel.draw.text import canonical_json, sha256_bytes

Files = dict[str, bytes]
Change = Callable[[Files], Any]
BASE = "V3"
FILE = VECTORS / "rejections.json"
PUBLISHED = sha256_bytes(vector(BASE)["plan.json"])


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


def both(*changes: Change) -> Change:
    """One change after the other."""

    def apply(files: Files) -> None:
        for change in changes:
            change(files)

    return apply


def nested(levels: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(levels - 1):
        inner = [inner]
    return inner


def sealed(secret: str) -> Change:
    """The dice become a sealed source committed to SECRET, and `secret` is what is revealed."""
    fields = {"name": "sealed", "pattern": "[0-9a-f]{64}", "commit": sealed_commitment(SECRET)}
    shown = edit(
        "entropy.json", b'"dice","value":"39274018265501937742"', f'"sealed","value":"{secret}"'.encode()
    )
    return both(source(**fields), shown)


ROSTER = b"id,stratum,weight,skill,excluded\n"
INSPECTORS = b"id,skills,capacity\n"
RECUSALS = b"target,inspector\n"
DEEP = b'{"a":' + b"[" * 5_000 + b"]" * 5_000 + b"}\n"
SECRET = "5a" * 32

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
    ("plan with a huge integer", "plan-number", edit("plan.json", b'"reserve_pct":25', b'"reserve_pct":' + b"9" * 400)),
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
    ("value far too long", "entropy-characters", value("1" * 513)),
    ("value too short", "entropy-pattern", value("3927401826550193774")),
    ("value with a newline at the end", "entropy-characters", value("39274018265501937742\\n")),
    # More than one fault: which of them is reported is part of the contract, too.
    ("CR far below a row of a wrong form", "file-cr", table("roster", ROSTER + b"a\nA,B,1,,\nB,B,1,,\r\n")),
    ("last LF missing and a row of a wrong form", "file-last-lf", table("roster", ROSTER + b"a\nA,B,1,,")),
    ("not UTF-8 below rows out of order", "file-encoding", table("roster", ROSTER + b"B,B,1,,\nA,B,1,,\n\xff\n")),
    ("BOM and CR", "file-bom", table("roster", b"\xef\xbb\xbf" + ROSTER + b"A,B,1,,\r\n")),
    ("wrong form above wrong order", "roster-pattern", table("roster", ROSTER + b"b,B,1,,\nA,B,1,,\nA,B,1,,\n")),
    ("wrong order above wrong form", "roster-order", table("roster", ROSTER + b"B,B,1,,\nA,B,1,,\nc\n")),
    ("wrong form without the right digest", "roster-pattern", put("roster.csv", ROSTER + b"a\n")),
    ("roster and inspectors changed", "roster-digest", both(edit("inspectors.csv", b"I002,ldjc,6", b"I002,ldjc,0"), edit("roster.csv", b"002005,B,1,ldjc", b"002005,B,1,sbjh"))),
    ("plan of another version and a file missing", "file-missing", both(plan(lambda p: p.update(spec="SSJ-2")), lambda f: f.pop("entropy.json"))),
    ("issue and value wrong", "entropy-source", both(value(""), edit("entropy.json", b"2026198", b"2026199"))),
    # Rows that only just break a rule.
    ("id empty", "roster-pattern", table("roster", ROSTER + b",B,1,,\n")),
    ("stratum empty", "roster-pattern", table("roster", ROSTER + b"A,,1,,\n")),
    ("stratum too long", "roster-pattern", table("roster", ROSTER + b"A," + b"B" * 33 + b",1,,\n")),
    ("stratum in Chinese", "roster-pattern", table("roster", ROSTER + "A,企业,1,,\n".encode())),
    ("a column missing", "roster-pattern", table("roster", ROSTER + b"A,B,1,\n")),
    ("last line empty", "roster-pattern", table("roster", ROSTER + b"A,B,1,,\n\n")),
    ("header only without LF", "file-last-lf", table("roster", ROSTER[:-1])),
    ("header with a space", "roster-header", table("roster", ROSTER[:-1] + b" \nA,B,1,,\n")),
    ("no header", "roster-header", table("roster", b"A,B,1,,\n")),
    ("longer id before its beginning", "roster-order", table("roster", ROSTER + b"AB,B,1,,\nA,B,1,,\n")),
    ("digits after letters", "roster-order", table("roster", ROSTER + b"A,B,1,,\n9,B,1,,\n")),
    ("line separator U+2028", "roster-pattern", table("roster", ROSTER + "A,B,1,,\u2028B,B,1,,\n".encode())),
    ("form feed", "roster-pattern", table("roster", ROSTER + b"A,B,1,,\x0c\n")),
    ("capacity with a leading zero", "inspectors-pattern", table("inspectors", INSPECTORS + b"I1,,01\n")),
    ("inspector id in lower case", "inspectors-pattern", table("inspectors", INSPECTORS + b"i1,,1\n")),
    ("CR LF in inspectors", "file-cr", table("inspectors", INSPECTORS + b"I1,,1\r\n")),
    ("BOM in recusals", "file-bom", table("recusals", b"\xef\xbb\xbf" + RECUSALS)),
    ("recusals with three columns", "recusals-pattern", table("recusals", RECUSALS + b"A,I1,x\n")),
    ("recusal targets out of order", "recusals-order", table("recusals", RECUSALS + b"B,I1\nA,I1\n")),
    # The plan once more.
    ("plan without LF", "file-last-lf", lambda f: f.update({"plan.json": f["plan.json"][:-1]})),
    ("plan with BOM", "file-bom", lambda f: f.update({"plan.json": b"\xef\xbb\xbf" + f["plan.json"]})),
    ("plan empty", "file-last-lf", put("plan.json", b"")),
    ("plan with an empty line more", "plan-canonical", lambda f: f.update({"plan.json": f["plan.json"] + b"\n"})),
    ("plan with something behind it", "plan-json", lambda f: f.update({"plan.json": f["plan.json"][:-1] + b" x\n"})),
    ("plan with minus zero", "plan-number", edit("plan.json", b'"reserve_pct":25', b'"reserve_pct":-0')),
    ("plan nested 65 deep", "plan-json", plan(lambda p: p.update(extra=nested(64)))),
    ("draw_id empty", "plan-draw-id", plan(lambda p: p.update(draw_id=""))),
    ("draw_id in Chinese", "plan-draw-id", plan(lambda p: p.update(draw_id="抽查-1"))),
    ("title a number", "plan-field", plan(lambda p: p.update(title=1))),
    ("reserve_pct a text", "plan-field", plan(lambda p: p.update(reserve_pct="25"))),
    ("per_target 65", "plan-field", plan(lambda p: p.update(per_target=65))),
    ("quota a list", "plan-quota-mode", plan(lambda p: p.update(quota=[]))),
    ("quota mode of the object itself", "plan-quota-mode", plan(lambda p: p["quota"].update(mode="constructor"))),
    ("quota without base", "plan-quota", plan(lambda p: p["quota"].pop("base"))),
    ("quota total with a bp of 10001", "plan-quota", plan(lambda p: p.update(quota={"base": "all", "mode": "total", "bp": 10001}))),
    ("entropy of the plan an object", "plan-entropy", plan(lambda p: p.update(entropy={"name": "dice"}))),
    ("sealed with issue 2", "plan-entropy", source(name="sealed", issue="2", commit="a" * 64)),
    ("pattern a number", "plan-entropy", source(pattern=20)),
    ("pattern with a stray bracket", "plan-pattern", source(pattern="[0-9]{20})")),
    ("pattern with a boundary", "plan-pattern", source(pattern="\\b[0-9]{20}")),
    ("pattern with a lazy quantifier", "plan-pattern", source(pattern="[0-9]+?")),
    ("pattern in Chinese", "plan-pattern", source(pattern="号")),
    ("pattern with a count in full-width digits", "plan-pattern", source(pattern="[0-9]{２０}")),
    ("pattern that costs too many steps", "plan-pattern", both(source(pattern="((((([0-9]?){9}){99}){99}){99}){99}"), value("1" * 512))),
    # What appeared.
    ("entropy with CR", "file-cr", edit("entropy.json", b"\n", b"\r\n")),
    ("entropy not UTF-8", "file-encoding", edit("entropy.json", b"kl8", b"\xffl8")),
    ("entropy keys unsorted", "entropy-canonical", edit("entropy.json", b'"issue":"1","name":"dice"', b'"name":"dice","issue":"1"')),
    ("entropy escapes what needs none", "entropy-canonical", edit("entropy.json", b'"dice"', b'"\\u0064ice"')),
    ("entropy with a number too large", "entropy-number", put("entropy.json", b"[9007199254740992]\n")),
    ("entropy with a field less", "entropy-field", edit("entropy.json", b'"issue":"1",', b"")),
    ("entropy value null", "entropy-field", edit("entropy.json", b'"39274018265501937742"', b"null")),
    ("a source more", "entropy-source", lambda f: f.update({"entropy.json": canonical_json(2 * json.loads(f["entropy.json"]))})),
    ("entropy an empty list", "entropy-source", put("entropy.json", b"[]\n")),
    ("value with a space", "entropy-characters", value("3927401826550193774 ")),
    ("value in full-width digits", "entropy-characters", value("３９２７４０１８２６５５０１９３７７４２")),
    ("value too long", "entropy-pattern", value("392740182655019377420")),
    ("balls without a dot", "entropy-pattern", edit("entropy.json", b"02.05", b"0205")),
    ("another secret than the sealed one", "entropy-sealed", sealed("5b" * 32)),
    ("sealed secret in upper case", "entropy-pattern", sealed(SECRET.upper())),
    # Faults that only somebody who kept the published digest can see.
    ("quota raised after sealing", "plan-digest", plan(lambda p: p["quota"].update(k={"B": 13}))),
    ("title changed after sealing", "plan-digest", plan(lambda p: p.update(title="试"))),
    ("everything rewritten consistently", "plan-digest", lambda f: f.update(vector("V1"))),
    ("plan.json malformed and not the published one", "plan-spec", plan(lambda p: p.update(spec="SSJ-2"))),
    ("roster changed and another plan published", "plan-digest", both(plan(lambda p: p.update(title="试")), put("roster.csv", b"a"))),
]  # fmt: skip


def text_or_base64(data: bytes) -> str | dict[str, str]:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode("ascii")}


def vectors() -> list[dict[str, Any]]:
    """All cases as in the file; a published digest is only given where without it nothing would be seen."""
    found = []
    for why, code, change in CASES:
        before, after = vector(BASE), vector(BASE)
        change(after)
        changes = {
            name: text_or_base64(after[name]) if name in after else None
            for name in sorted({*before, *after})
            if before.get(name) != after.get(name)
        }
        published = PUBLISHED if code == "plan-digest" or "published" in why else None
        found.append({"base": BASE, "changes": changes, "code": code, "plan": published, "why": why})
    return found


def document() -> str:
    """The text of vectors/rejections.json, one case a line."""
    lines = [json.dumps(case, ensure_ascii=False, sort_keys=True) for case in vectors()]
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
