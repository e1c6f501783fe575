"""A script: a worker that knows the tests' handlers."""

from __future__ import annotations

import django

if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    import mingcha.base.jobs.tests.handlers  # noqa: F401  registers itself

    call_command("work")
