"""`mingcha draw …`: the kernel's command line, with DuckDB where the roster is large.

Output and exit status are the kernel's. DuckDB answers only for what it finds in perfect order; everything
else is left to the kernel, which names the fault.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from django.utils.translation import gettext as _

from mingcha.kernel.draw import Rejected, replay, result_csv, verify
from mingcha.kernel.draw import cli as kernel
from mingcha.kernel.draw.beside import beside
from mingcha.kernel.draw.files import open_bundle
from mingcha.kernel.draw.verify import printed_lines
from mingcha.planning.large_roster import LARGE_BYTES, LargeRoster, Unfit, available

ENGINES = ("auto", "kernel", "duckdb")
Answer = tuple[int, bytes]
"""Exit status, and what goes to standard output."""


def run(arguments: Sequence[str], engine: str = "auto") -> int:
    """Run one command of the kernel's command line; returns the exit status (0, 1 mismatch, 2 rejected).

    `engine` is one of ENGINES and counts for `verify` and `replay`: `auto` takes DuckDB when it is installed
    and roster.csv has LARGE_BYTES or more. Raises EngineMissing for `duckdb` where it is not installed.
    """
    failure = ""
    if engine != "kernel" and arguments and arguments[0] in ("verify", "replay"):
        try:
            answer = _by_duckdb(arguments, engine == "duckdb")
        except Unfit as unfit:
            failure = str(unfit)
        except Rejected:
            pass  # The kernel looks in another order, and its first finding is the one that counts.
        else:
            if answer is not None:
                sys.stdout.buffer.write(answer[1])
                return answer[0]
    status = kernel.main(arguments)
    if failure and status != 2:
        sys.stderr.write(_("DuckDB 未能完成，已由内核核对，结果有效（%(why)s）") % {"why": failure} + "\n")
    return status


def _by_duckdb(arguments: Sequence[str], always: bool) -> Answer | None:
    """The answer, or None where DuckDB is not wanted or the command is not complete.

    Raises Unfit, EngineMissing, and Rejected as the kernel.
    """
    verb, directory, *published = [*arguments, ""][: max(2, len(arguments))]
    files, path, result = open_bundle(directory)
    if path is None or not (always or (available() and path.stat().st_size >= LARGE_BYTES)):
        return None
    digest = published[0].removeprefix("plan=") if published else None
    if len(published) > (verb == "verify") or (published and digest == published[0]):
        return None
    with LargeRoster(path) as file:
        roster = file.load()
        if verb == "verify":
            report = verify(files, digest, roster=roster, result=result, select=file.select)
            lines = printed_lines(report, digest, beside(directory, files["plan.json"]))
            return (0 if report.match else 1), "".join(f"{line}\n" for line in lines).encode()
        if not {"inspectors.csv", "recusals.csv"} <= set(files):
            return None
        return 0, result_csv(replay(files, roster=roster, select=file.select))
