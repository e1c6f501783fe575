"""`mingcha load-initial`: the data that every installation starts with."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from mingcha.base.viewers import System


class Command(BaseCommand):
    help = "装入初始数据（可重复运行，已有的不变）：依次运行各模块的 initial.load(actor)。"

    def handle(self, *args: Any, **options: Any) -> None:
        actor = System(purpose="load-initial")
        for config in apps.get_app_configs():
            if not config.name.startswith("mingcha.") or find_spec(f"{config.name}.initial") is None:
                continue
            count = import_module(f"{config.name}.initial").load(actor=actor)
            self.stdout.write(f"{config.verbose_name}（{config.label}）：{count}")
