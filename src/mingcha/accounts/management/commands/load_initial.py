"""`mingcha load-initial`: the data that every installation starts with."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand

from mingcha.base.starting_data import apps_with_initial_data
from mingcha.base.viewers import System


class Command(BaseCommand):
    help = "装入初始数据（可重复运行，已有的不变）：依次运行各模块的 initial.load(actor)。"

    def handle(self, *args: Any, **options: Any) -> None:
        actor = System(purpose="load-initial")
        for config in apps_with_initial_data():
            count = import_module(f"{config.name}.initial").load(actor=actor)
            self.stdout.write(f"{config.verbose_name}（{config.label}）：{count}")
