"""Draw fresh keys and print them as lines of the environment.

    python -m mingcha.base.crypto.make_keys            a new installation's three lines
    python -m mingcha.base.crypto.make_keys --next     the present rings with one more version each

Runs without settings, since settings need the keys. The output is secret: it belongs into the
environment file and the backup of the keys, nowhere else (docs/deployment.md).
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Mapping, Sequence

from mingcha.base.crypto.keys import KEY_BYTES, KeyRing, KeysMisconfigured

RINGS = ("MINGCHA_FIELD_KEYS", "MINGCHA_INDEX_KEYS")


def new_lines() -> list[str]:
    """The lines of a new installation."""
    rings = [f"{name}={_first(name).text()}" for name in RINGS]
    return [f"MINGCHA_SECRET_KEY={secrets.token_urlsafe(48)}", *rings]


def next_lines(environment: Mapping[str, str]) -> list[str]:
    """The environment's rings with one more version each. Raises KeysMisconfigured."""
    return [
        f"{name}={KeyRing.parse(environment.get(name, ''), setting=name).with_next().text()}"
        for name in RINGS
    ]


def _first(setting: str) -> KeyRing:
    return KeyRing({1: secrets.token_bytes(KEY_BYTES)}, setting=setting)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--next",
        action="store_true",
        help="在现有密钥之后追加新一版（换钥用） / append a version to the present rings",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the lines; exit code 1 with the reason when the present rings cannot be read."""
    parser = argparse.ArgumentParser(prog="mingcha make-keys", description="Print fresh keys.")
    add_arguments(parser)
    options = parser.parse_args(arguments)
    try:
        lines = next_lines(os.environ) if options.next else new_lines()
    except KeysMisconfigured as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
