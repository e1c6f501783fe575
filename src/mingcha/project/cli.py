"""The `mingcha` command: every management command, with hyphens as people type them."""

import os
import sys


def main() -> None:
    """Run `mingcha <command> …`; `mingcha rotate-keys` runs the module `rotate_keys`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.project.settings")
    from django.core.management import execute_from_command_line

    arguments = list(sys.argv)
    if len(arguments) > 1 and not arguments[1].startswith("-"):
        arguments[1] = arguments[1].replace("-", "_")
    if arguments[1:2] == ["make_keys"]:
        # Keys are made before there are settings to load: those refuse to start without keys.
        from mingcha.base.crypto.make_keys import main as make_keys

        sys.exit(make_keys(arguments[2:]))
    execute_from_command_line(arguments)
