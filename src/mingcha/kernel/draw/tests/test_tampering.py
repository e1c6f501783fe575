"""Everything a verifier must refuse, with its stable code, by the kernel and by the single file alike."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from mingcha.kernel.draw import (
    CODES,
    InspectorRow,
    Recusal,
    Rejected,
    Source,
    reveal,
    seal,
    sealed_commitment,
    standalone,
    verify,
)
from mingcha.kernel.draw.tests import rejection_cases
from mingcha.kernel.draw.tests.rejection_cases import INSPECTORS, ROSTER, edit, plan, value
from mingcha.kernel.draw.tests.support import DICE, digits, draw, roster, vector, write_files
from mingcha.kernel.draw.text import sha256_bytes

VECTORS: list[dict[str, Any]] = json.loads(rejection_cases.FILE.read_text(encoding="utf-8"))
ELSEWHERE = {
    "argument": "test_command_line.py",
    "file-not-regular": "test_command_line.py",
    "file-too-large": "test_command_line.py",
    "file-unreadable": "test_command_line.py",
    "names-digest": "test_a_changed_file_beside_the_draw_is_said.py",
    **{code: "test_register.py" for code in CODES if code.startswith("register-")},
    **{code: "test_changes.py" for code in CODES if code.startswith("changes-")},
}
"""Codes that none of the files which decide a draw can cause, and the tests that cause them."""


def changed(case: dict[str, Any]) -> dict[str, bytes]:
    """The files of one vector."""
    files = vector(case["base"])
    for name, content in case["changes"].items():
        if content is None:
            del files[name]
        elif isinstance(content, str):
            files[name] = content.encode("utf-8")
        else:
            files[name] = base64.b64decode(content["base64"])
    return files


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["why"].replace(" ", "-"))
def test_a_tampered_bundle_is_rejected_with_its_code(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files, code = changed(case), case["code"]
    with pytest.raises(Rejected) as caught:
        verify(files, case["plan"])
    assert caught.value.code == code
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300
    published = [f"plan={case['plan']}"] if case["plan"] else []
    status = standalone.main([str(write_files(tmp_path, files)), *published])
    captured = capsys.readouterr()
    assert status == 2
    assert captured.out == ""
    assert captured.err.startswith(f"REJECTED: {code} ")
    assert captured.err.count("\n") == 1


def test_the_vectors_are_those_of_the_cases_and_each_has_a_name_of_its_own() -> None:
    assert rejection_cases.FILE.read_text(encoding="utf-8") == rejection_cases.document()
    assert len({case["why"] for case in VECTORS}) == len(VECTORS)
    assert all(case["changes"] for case in VECTORS)


def test_every_code_has_a_vector_or_a_test_where_it_belongs() -> None:
    assert {case["code"] for case in VECTORS} == CODES - set(ELSEWHERE)
    for code, file in ELSEWHERE.items():
        assert f'"{code}"' in (Path(__file__).parent / file).read_text(encoding="utf-8"), code


def test_a_wrong_sealed_secret_is_rejected_and_the_right_one_opens() -> None:
    secret = "5a" * 32
    sources = [DICE, Source("sealed", "1", "[0-9a-f]{64}", sealed_commitment(secret))]
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
    people = [InspectorRow(f"I{n}", (), 3) for n in range(3)]
    plain = draw(roster({"A": 5}), quota, inspectors=people, per_target=2).files["result.csv"]
    decoys = [Recusal("Z" * 32, "I1"), Recusal("E001", "I9")]
    salted = draw(roster({"A": 5}), quota, inspectors=people, recusals=decoys, per_target=2)
    assert salted.files["result.csv"] == plain
