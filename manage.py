"""Development entry: the installed package offers the same as `mingcha`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))

from mingcha.project.cli import main  # noqa: E402

main()
