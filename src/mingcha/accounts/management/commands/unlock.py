"""`mingcha unlock USERNAME`: let somebody try again whom too many failures keep out."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mingcha.accounts import services
from mingcha.accounts.models import User
from mingcha.base.viewers import System
from mingcha.kernel.refusal import Refused


class Command(BaseCommand):
    help = "解除账号因多次登录失败而被锁定的状态。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="登录名")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"].strip().lower()).first()
        if user is None:
            raise CommandError("没有这个登录名。")
        try:
            services.unlock(actor=System(purpose="unlock"), user=user)
        except Refused as refused:
            raise CommandError(refused.text()) from refused
        self.stdout.write(f"已解除 {user.username} 的锁定。")
