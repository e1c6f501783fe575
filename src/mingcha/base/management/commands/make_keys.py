"""`mingcha make-keys`: print fresh keys as lines of the environment."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mingcha.base.crypto import make_keys


class Command(BaseCommand):
    help = "生成密钥（输出环境变量行，请妥善保管） / print fresh keys as lines of the environment"
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: ArgumentParser) -> None:
        make_keys.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if make_keys.main(["--next"] if options["next"] else []):
            raise CommandError("没有生成密钥 / no keys were made")
