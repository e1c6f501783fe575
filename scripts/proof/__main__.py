"""Regenerate docs/draw-proof: figures, plots and the tables of the page (`make proof`).

`--page` takes the figures as they are in docs/draw-proof/data.json and makes plots and page anew; `--check`
changes nothing and fails when the page does not say what the figures say.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from scripts.proof import page

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "draw-proof"
DATA, PAGE = FOLDER / "data.json", ROOT / "docs" / "draw-proof.md"


def main(arguments: list[str]) -> int:
    """Returns the exit status."""
    if arguments not in ([], ["--page"], ["--check"]):
        print(__doc__)
        return 2
    if not arguments:
        from scripts.proof import experiments

        FOLDER.mkdir(exist_ok=True)
        data = experiments.run(experiments.DRAWS)
        DATA.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    data = json.loads(DATA.read_text(encoding="utf-8"))
    text = PAGE.read_text(encoding="utf-8")
    new = page.filled(text, data)
    if arguments == ["--check"]:
        if new != text:
            print("docs/draw-proof.md is out of date: make proof")
        return int(new != text)
    from scripts.proof import plots

    plots.draw(data, FOLDER)
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
