"""Bring a phone's queue, or a photograph, home in processes that are killed before their n-th statement.

Called by the tests with VERB INSPECTION USER MOMENT STEP, and what the phone sends on standard input. Prints
one JSON line a process: how it ended, and what the database holds afterwards. The last process gets
through, and is killed before it could answer; then the phone sends the same once more.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any


def main(verb: str, inspection_id: str, user_id: str, moment: str, step: str) -> None:
    import django

    django.setup()
    from mingcha.planning.tests.killed import in_a_process

    sent = json.load(sys.stdin)
    send = sending(verb, int(inspection_id), int(user_id), datetime.fromisoformat(moment), sent)
    n = 1
    while tell(in_a_process(send, before=n)) == "killed":
        n += int(step)
    tell(in_a_process(send, before=0))


def sending(
    verb: str, inspection_id: int, user_id: int, now: datetime, sent: dict[str, Any]
) -> Callable[[], None]:
    from mingcha.accounts.selectors import officer_by_id
    from mingcha.base import clock
    from mingcha.inspection.models import Inspection
    from mingcha.inspection.phone import messages, sync
    from mingcha.inspection.services import evidence as proving

    def send() -> None:
        with clock.using(clock.FixedClock(now)):
            viewer = officer_by_id(user_id)
            assert viewer is not None
            inspection = Inspection.objects.get(pk=inspection_id)
            if verb == "queue":
                sync.bring_home(viewer, inspection, messages.batch(sent))
                return
            content = bytes.fromhex(sent["content"])
            found = proving.announce(
                actor=viewer, inspection=inspection, announced=messages.announced(sent["file"])
            )
            while found.attachment_id is None:
                piece = content[found.received : found.received + sent["step"]]
                found = proving.receive(actor=viewer, evidence=found, offset=found.received, content=piece)

    return send


def tell(ending: str) -> str:
    from mingcha.basics.models import Attachment, Deadline
    from mingcha.inspection import models
    from mingcha.ledger.models import Record
    from mingcha.registry.models import Visit

    kept = (models.FormOp, models.Entry, models.EntryPerson, models.Evidence, models.EvidencePiece)
    held = {
        model.__name__: model._base_manager.count() for model in (*kept, Attachment, Deadline, Visit, Record)
    }
    states = list(models.Inspection.objects.order_by("pk").values_list("state", flat=True))
    print(json.dumps({"ending": ending, "held": held, "states": states}), flush=True)
    return ending


if __name__ == "__main__":
    main(*sys.argv[1:])
