"""`mingcha create-admin`: the first administrator, or one more when nobody can sign in any more."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mingcha.accounts.services import create_administrator
from mingcha.base.viewers import System
from mingcha.kernel.refusal import Refused


class Command(BaseCommand):
    help = "创建首名系统管理员，并打印一次性初始密码。已有管理员时须加 --another。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", help="登录名；不给则询问")
        parser.add_argument("--name", help="姓名；不给则询问")
        parser.add_argument("--another", action="store_true", help="已有管理员时再建一名")

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"] or input("登录名：")
        name = options["name"] or input("姓名：")
        try:
            user, password = create_administrator(
                actor=System(purpose="create-admin"), username=username, name=name, another=options["another"]
            )
        except Refused as refused:
            raise CommandError(refused.text()) from refused
        self.stdout.write(f"已创建系统管理员 {user.username}。")
        self.stdout.write(f"一次性初始密码（只显示这一次，首次登录须修改）：{password}")
