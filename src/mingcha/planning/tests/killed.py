"""Run one verb of a draw in processes that are killed before their n-th statement, for n = 1, 1 + step, …

Called by the tests: `killed.py VERB DRAW USER MOMENT STEP`. Prints one JSON line a process: how it ended, and
what the database holds afterwards. The last process gets through, and is killed before it could answer;
then the verb is pressed once more.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any


def main(verb: str, draw_id: str, user_id: str, moment: str, step: str) -> None:
    import django

    django.setup()
    press = pressing(verb, int(draw_id), int(user_id), datetime.fromisoformat(moment))
    n = 1
    while tell(in_a_process(press, before=n)) == "killed":
        n += int(step)
    tell(in_a_process(press, before=0))


def pressing(verb: str, draw_id: int, user_id: int, now: datetime) -> Callable[[], None]:
    from mingcha.accounts.selectors import officer_by_id
    from mingcha.base import clock
    from mingcha.planning import services
    from mingcha.planning.dispatch.change_rules import foresee
    from mingcha.planning.models import ChangeRequest, Dispatch, Draw
    from mingcha.planning.testing import DIGITS, WITNESSES

    more: dict[str, Any] = {"digits": DIGITS, "witnesses": WITNESSES} if verb == "enter_digits" else {}

    def press() -> None:
        with clock.using(clock.FixedClock(now)):
            actor = officer_by_id(user_id)
            if verb in ("dispatch", "confirm"):
                getattr(services.dispatch, verb)(actor=actor, batch=Dispatch.objects.get(draw=draw_id))
            elif verb == "approve":
                request = ChangeRequest.objects.get(dispatch__draw=draw_id)
                found = foresee(
                    request.dispatch, request.kind, task=request.task, inspector=request.inspector
                )
                services.dispatch.approve(actor=actor, request=request, seen=found.digest)
            else:
                getattr(services, verb)(actor=actor, draw=Draw.objects.get(pk=draw_id), **more)

    return press


def in_a_process(press: Callable[[], None], *, before: int) -> str:
    """Press in a fork that dies before its statement number `before`; 0: only once the service is done."""
    from django.db import connection, connections

    from mingcha.kernel.refusal import Refused

    connections.close_all()
    child = os.fork()
    if child == 0:
        seen = 0

        def die_in_time(execute: Any, *arguments: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == before:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*arguments)

        try:
            with connection.execute_wrapper(die_in_time):
                press()
        except Refused:
            os._exit(3)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    return {0: "done", 3: "refused"}[os.waitstatus_to_exitcode(status)]


def tell(ending: str) -> str:
    from mingcha.ledger.models import Record
    from mingcha.planning import models

    kept = (models.DigitsAttempt, models.DrawFile, models.DrawSecret, models.DrawTarget, models.RegisterLine)
    lists = (models.Dispatch, models.Task, models.TaskMember, models.DispatchChange)
    held = {model.__name__: model.objects.count() for model in (*kept, *lists, Record)}
    states = list(models.Draw.objects.order_by("pk").values_list("state", "number", "digits"))
    tasks = list(models.Task.objects.order_by("pk").values_list("state", "dispatch__state"))
    print(json.dumps({"ending": ending, "held": held, "draws": states, "tasks": tasks}), flush=True)
    return ending


if __name__ == "__main__":
    main(*sys.argv[1:])
