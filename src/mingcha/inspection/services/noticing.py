"""盖章的通知书: the notice on paper, signed for by the firm and scanned back (design §4.8)."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File

from mingcha.base.events import Thing
from mingcha.base.service import service
from mingcha.base.viewers import Officer
from mingcha.basics.models import Attachment
from mingcha.basics.rules import require_role
from mingcha.basics.services import attachments
from mingcha.inspection.models import Inspection
from mingcha.inspection.services.issuing import ISSUERS
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

#: What the scan is kept as.
PURPOSE = "signed-paper"


@service
def keep_signed_notice(*, actor: Officer, inspection: Inspection, file: File[Any]) -> Attachment:
    """Keep the scan of the sealed notice that the firm has signed for; Refused while there is no notice."""
    require_role(actor, ISSUERS, gettext_noop("上传盖章的检查通知书"))
    row = Inspection.objects.visible_to(actor).get(pk=inspection.pk)
    if not row.notice_number:
        raise Refused(
            Refusal(
                "notice.none",
                gettext_noop("这次检查的通知书还没有编号"),
                gettext_noop("国办发〔2024〕54号五：出具检查通知文书"),
                gettext_noop("请先下发资料包，通知书即取得文号；打印、盖章、签收以后再上传"),
            )
        )
    return attachments.add(actor=actor, file=file, thing=Thing.nameless(row), purpose=PURPOSE)
