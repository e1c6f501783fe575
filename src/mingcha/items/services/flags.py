"""依据已变动，待复核: raising flags when a law has a new text, and the record of their review."""

from __future__ import annotations

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role, required_text, user_id_of
from mingcha.items.events import BasisFlagged, BasisReviewed
from mingcha.items.lifecycle import KEEPERS
from mingcha.items.models import Basis, BasisFlag
from mingcha.items.models.flags import ALIVE
from mingcha.items.services.versions import DRAFT_DUTY
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.laws.models import Article, LawText

_BASIS = gettext_noop("本局监管工作实施方案二（二）1：清单随法律法规修订动态调整")


@service
def flag_bindings(*, actor: Viewer, text_id: int) -> int:
    """Flag every binding to an older text of the same law; gives how many. Raising again changes nothing.

    A binding compares the article it was bound to with the one of that number in the new text, so that it is
    right also when texts are entered out of order.
    """
    text = LawText.objects.select_related("law").get(pk=text_id)
    articles = {(row.number, row.suffix): row for row in text.articles.all()}
    touched = Basis.objects.filter(
        law_text__law=text.law_id, law_text__effective_from__lte=text.effective_from, version__state__in=ALIVE
    ).exclude(law_text=text)
    raised = 0
    for basis in touched.select_related("version__item", "article"):
        now = articles.get((basis.article.number, basis.article.suffix))
        raised += _raise(basis, text, _kind(basis.article, now))
    return raised


@service
def flag_repealed(*, actor: Viewer, text_id: int) -> int:
    """Flag every binding to a law that was repealed; gives how many.

    A flag that the last text raised, even one already reviewed, becomes 条文不存在 and is to be reviewed
    anew: what was found about a changed wording says nothing about a law that holds no longer.
    """
    text = LawText.objects.select_related("law").get(pk=text_id)
    bound = Basis.objects.filter(law_text__law=text.law_id, version__state__in=ALIVE)
    return sum(
        _raise(basis, text, BasisFlag.Kind.VANISHED)
        for basis in bound.select_related("version__item", "article")
    )


@service
def review(*, actor: Viewer, flag_id: int, verdict: str, reason: str) -> BasisFlag:
    """Record that somebody has compared old and new: it still applies, or the next version was drafted.

    The binding itself stays as it is: a published version never changes.
    """
    require_role(actor, KEEPERS, gettext_noop("复核依据变动"))
    flag = (
        BasisFlag.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("basis__version__item")
        .get(pk=flag_id)
    )
    _check(flag, verdict)
    version = flag.basis.version
    duties.perform(actor=actor, duty=DRAFT_DUTY, thing=Thing.of(version))
    flag.verdict, flag.reason = verdict, required_text(reason, gettext_noop("复核理由"))[:500]
    flag.reviewed_at, flag.reviewed_by_id = clock.now(), user_id_of(actor)
    flag.save(update_fields=["verdict", "reason", "reviewed_at", "reviewed_by"])
    emit(
        BasisReviewed(
            thing=Thing.of(version.item),
            after={
                "version": version.number,
                "basis": flag.basis.cited,
                "verdict": str(flag.get_verdict_display()),
            },
            why=flag.reason,
        )
    )
    return flag


def _check(flag: BasisFlag, verdict: str) -> None:
    if flag.reviewed_at is not None:
        raise Refused(
            Refusal(
                "item.flag_reviewed",
                gettext_noop("“%(basis)s”的变动已经复核过了"),
                _BASIS,
                gettext_noop("请刷新页面查看复核结论"),
                {"basis": flag.basis.cited},
            )
        )
    gone = flag.kind == BasisFlag.Kind.VANISHED
    if verdict == BasisFlag.Verdict.STILL and gone:
        raise Refused(
            Refusal(
                "item.flag_vanished",
                gettext_noop("“%(basis)s”在新文本中已经不存在，不能认定仍然适用"),
                gettext_noop("国办发〔2024〕54号三：没有法定依据的检查事项坚决清理"),
                gettext_noop("请拟定新版本改写依据，或停用该事项"),
                {"basis": flag.basis.cited},
            )
        )
    opened = flag.basis.version.item.versions.filter(number__gt=flag.basis.version.number)
    if verdict == BasisFlag.Verdict.REPLACED and not opened.exists():
        raise Refused(
            Refusal(
                "item.flag_no_version",
                gettext_noop("还没有拟定事项%(code)s的新版本"),
                _BASIS,
                gettext_noop("请先在事项页面拟定新版本，再办结这一项"),
                {"code": flag.basis.version.item.code},
            )
        )


def _kind(old: Article, new: Article | None) -> BasisFlag.Kind:
    if new is None:
        return BasisFlag.Kind.VANISHED
    return BasisFlag.Kind.NEW_TEXT if new.body == old.body else BasisFlag.Kind.CHANGED


def _raise(basis: Basis, text: LawText, kind: BasisFlag.Kind) -> int:
    """Raise a flag, or turn one of another kind into 条文不存在; gives whether anything changed."""
    flag, raised = BasisFlag.objects.select_for_update().get_or_create(
        basis=basis, new_text=text, defaults={"kind": kind, "raised_at": clock.now()}
    )
    if kind == BasisFlag.Kind.VANISHED != flag.kind:
        flag.kind, flag.raised_at = kind, clock.now()
        flag.verdict, flag.reason, flag.reviewed_at, flag.reviewed_by = "", "", None, None
        flag.save()
        raised = True
    if raised:
        emit(
            BasisFlagged(
                thing=Thing.of(basis.version.item),
                after={
                    "version": basis.version.number,
                    "basis": basis.cited,
                    "kind": str(flag.get_kind_display()),
                    "new_text": str(text),
                },
            )
        )
    return int(raised)
