"""Plan 三（二）, N9: what is due also reaches people by mail; numbers and a way in, no firm and no person."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.test import override_settings

from mingcha.accounts.models import User
from mingcha.accounts.registers import UserRegister
from mingcha.accounts.testing import make_officer, make_unit
from mingcha.base import clock
from mingcha.base.jobs import enqueue
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.basics.models import MorningMail
from mingcha.basics.providers import mails_not_sent
from mingcha.basics.services import deadlines, mails
from mingcha.basics.tests.factories import thing
from mingcha.web.providers import NextStep, next_steps

pytestmark = pytest.mark.usefixtures("loaded")
SYSTEM = System(purpose="tests")
ADDRESS = "zhou@example.gov.cn"
FIRM = "示范企业01有限公司"


class Inbox:
    """What the mail server took, and what it says to the next recipient."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.says = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.says.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.got.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server of this machine, which the platform is told to use."""
    box = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port, loop=asyncio.new_event_loop())
    server.start()
    given = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "SENDS_MAIL": True,
        "CSRF_TRUSTED_ORIGINS": ["https://mc.example.gov.cn"],
    }
    with override_settings(**given):
        yield box
    server.stop()


@pytest.fixture
def clerk(now: clock.FixedClock) -> Iterator[User]:
    """A clerk with an address, one deadline that ends on 21 December, and a step on the home page."""
    user = make_officer(Role.COORDINATOR, unit=make_unit("综合股"), name="周经办")
    user.email = ADDRESS
    user.save()
    deadlines.start(
        actor=SYSTEM,
        rule="T24",
        thing=thing(f"{FIRM}的抽查结果公示"),
        started_on=date(2026, 11, 23),
        owner=deadlines.Owner(user_id=user.pk),
    )
    next_steps.register("tests")(lambda officer: [NextStep(title=FIRM, url="/somewhere/1/")])
    yield user
    next_steps._functions.pop("tests")


def morning() -> None:
    """What the clock starts, and whatever follows from it now."""
    enqueue("basics.write-mails", actor=SYSTEM)
    run_waiting()


def text_of(message: Any) -> str:
    return str(message.get_payload(decode=True).decode("utf-8"))


def test_a_real_server_gets_one_mail_with_numbers_and_a_way_in(clerk: User, inbox: Inbox, now: Any) -> None:
    now.advance(days=18)
    morning()
    morning()

    ((to, message),) = inbox.got
    assert to == [ADDRESS]
    assert "件待办" in str(make_header(decode_header(message["Subject"])))
    text = text_of(message)
    assert "即将到期 1 件" in text and "https://mc.example.gov.cn/" in text
    assert not any(word in text for word in (FIRM, "周经办", "T24", "somewhere"))
    assert MorningMail.objects.get().state == "sent"


def test_the_next_mail_comes_when_something_new_has_happened(clerk: User, inbox: Inbox, now: Any) -> None:
    morning()
    now.advance(days=1)
    morning()
    assert len(inbox.got) == 1  # the same as yesterday
    now.advance(days=27)
    morning()
    assert "今天到期 1 件" in text_of(inbox.got[1][1])
    now.advance(days=1)
    morning()
    assert "已超期 1 件" in text_of(inbox.got[2][1])
    now.advance(days=15)
    morning()
    assert "已报督导员 1 件" in text_of(inbox.got[3][1])


def test_what_the_server_does_not_take_is_tried_again_and_seen(clerk: User, inbox: Inbox, now: Any) -> None:
    with override_settings(EMAIL_PORT=1, EMAIL_TIMEOUT=1):
        morning()
    inbox.says = "451 try again"
    now.advance(minutes=11)
    run_waiting()
    mail = MorningMail.objects.get()
    assert (mail.state, mail.attempts) == ("waiting", 2)
    assert [signal.code for signal in mails_not_sent()] == ["basics.mails_not_sent"]

    inbox.says = "250 OK"
    now.advance(minutes=11)
    run_waiting()
    assert MorningMail.objects.get().state == "sent" and len(inbox.got) == 1
    assert list(mails_not_sent()) == []


def test_an_address_that_does_not_exist_is_given_up_and_yesterdays_mail_too(
    clerk: User, inbox: Inbox, now: Any
) -> None:
    inbox.says = "550 no such user"
    morning()
    mail = MorningMail.objects.get()
    assert (mail.state, mail.why) == ("failed", "refused")
    now.advance(days=28)
    inbox.says = "250 OK"
    with override_settings(EMAIL_PORT=1, EMAIL_TIMEOUT=1):
        morning()
    now.advance(days=1)
    assert mails.send_waiting(actor=SYSTEM) == {"waiting": 0, "sent": 0, "failed": 1}


def test_without_a_server_nothing_is_written_and_without_an_address_nobody_is_asked(
    clerk: User, inbox: Inbox
) -> None:
    with override_settings(SENDS_MAIL=False):
        morning()
    clerk.email = ""
    clerk.save()
    morning()
    assert not MorningMail.objects.exists() and inbox.got == []


def test_the_address_is_encrypted_and_shown_in_part(clerk: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM accounts_user WHERE id = %s", [clerk.pk])
        (stored,) = cursor.fetchone()
    assert ADDRESS not in stored and "zhou" not in stored
    (section,) = UserRegister.detail_sections[:1]
    shown = [str(value) for _label, value in section.pairs(clerk)]
    assert "z***@example.gov.cn" in shown
