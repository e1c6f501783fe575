"""Entering laws and their texts.

    law = add_law(actor=…, title="中华人民共和国劳动法", short_title="劳动法", rank=Rank.LAW)
    add_text(actor=…, law_id=law.pk, label="2018年修正", effective_from=day, source="…", content=text)

A text never ends by hand: the next one ends it the day before it begins. One that begins on the same day
corrects it; what stood there stays readable inside the house.
"""

from __future__ import annotations

from datetime import date

from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.models import Trust
from mingcha.basics.rules import require_role, required_text
from mingcha.basics.services import dated
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.laws.comparison import changed_codes, compare
from mingcha.laws.events import LawChanged, LawEntered, LawRepealed, LawTextAdded
from mingcha.laws.models import Article, Law, LawText, Rank, plain_name
from mingcha.laws.reading import ReadArticle, Reading, read
from mingcha.laws.rules import BASIS, KEEPERS, refuse


@service
def add_law(*, actor: Viewer, title: str, rank: int, short_title: str = "", aliases: str = "") -> Law:
    """Make a law known by its names; Refused when one of them is another law's."""
    require_role(actor, KEEPERS, gettext_noop("录入法律法规"))
    law = Law(title=required_text(title, gettext_noop("名称")).strip("《》"), rank=Rank(rank))
    _name(law, short_title, aliases)
    law.save()
    emit(LawEntered(thing=Thing.of(law), after={"title": law.title, "rank": law.get_rank_display()}))
    return law


@service
def change_law(
    *, actor: Viewer, law_id: int, title: str, rank: int, short_title: str = "", aliases: str = ""
) -> Law:
    """Change what a law is called or its rank; its texts stay as they are."""
    require_role(actor, KEEPERS, gettext_noop("修改法律法规名称"))
    law = Law.objects.visible_to(actor).select_for_update().get(pk=law_id)
    before = {"title": law.title, "rank": law.get_rank_display()}
    law.title, law.rank = required_text(title, gettext_noop("名称")).strip("《》"), Rank(rank)
    _name(law, short_title, aliases)
    law.save()
    after = {"title": law.title, "rank": law.get_rank_display()}
    emit(LawChanged(thing=Thing.of(law), before=before, after=after))
    return law


def _name(law: Law, short_title: str, aliases: str) -> None:
    law.short_title = short_title.strip().strip("《》")
    law.aliases = "\n".join(filter(None, (line.strip().strip("《》") for line in aliases.splitlines())))
    mine = {plain_name(name) for name in law.names}
    for other in Law.objects.exclude(pk=law.pk):
        for name in other.names:
            if plain_name(name) in mine:
                raise refuse(
                    "name_taken",
                    gettext_noop("“%(name)s”已经是《%(law)s》的名称，没有保存"),
                    gettext_noop("请核对名称；同一部法规的新文本请在它的页面录入新版本"),
                    name=name,
                    law=other.title,
                )


@service
def add_text(
    *,
    actor: Viewer,
    law_id: int,
    label: str,
    effective_from: date,
    source: str,
    content: str,
    trust: Trust | str = Trust.BUREAU,
    confirmed: bool = False,
    note: str = "",
    why: str = "",
    compared_with: int | None = None,
) -> LawText:
    """Enter the text that applies from a day on; the former one ends the day before.

    `content` is the printed text (see `reading`); Refused when it holds no articles or one of them twice.
    `why` is needed when the law already has a text and the day lies in the past, or is the day on which a
    text begins: that one is then corrected. `confirmed` only for initial data whose text was read.
    `compared_with` is the id of the text whose differences were looked at (0 for none): Refused when another
    one stands there by now.
    """
    require_role(actor, KEEPERS, gettext_noop("录入法规文本"))
    # Locking the law makes two entries for it queue, also when it has no text yet.
    law = Law.objects.visible_to(actor).select_for_update().get(pk=law_id)
    reading = _readable(content)
    row = LawText(
        law=law,
        label=required_text(label, gettext_noop("版本")),
        effective_from=effective_from,
        source=required_text(source, gettext_noop("来源")),
        trust=trust,
        confirmed=confirmed and dated.settled(trust),
        note=note.strip(),
        history="\n".join(reading.history),
        preamble="\n".join(reading.preamble),
        appendix="\n".join(reading.appendix),
        numbered_parts=reading.numbered_parts,
    )
    _ask_why(law, effective_from, why)
    former = dated.place(law.texts.all(), row, actor=actor, why=why)
    if compared_with is not None and compared_with != (former.pk if former is not None else 0):
        raise refuse(
            "moved",
            gettext_noop("核对期间《%(law)s》的文本已有变动，没有录入"),
            gettext_noop("请重新核对下面的变化，再确认"),
            law=law.title,
        )
    Article.objects.bulk_create(_article(row, place, read) for place, read in enumerate(reading.articles))
    changed: tuple[str, ...] = ()
    if isinstance(former, LawText):
        changed = changed_codes(compare(former.articles.all(), reading.articles))
    emit(
        LawTextAdded(
            thing=Thing.of(law),
            before={"text": former.label} if isinstance(former, LawText) else {},
            after={
                "text": row.label,
                "from": effective_from,
                "source": row.source,
                "articles": len(reading.articles),
                "changed": list(changed),
            },
            why=why.strip(),
            law_id=law.pk,
            text_id=row.pk,
            changed=changed,
        )
    )
    return row


def _ask_why(law: Law, begins: date, why: str) -> None:
    same = law.texts.filter(withdrawn_at__isnull=True, effective_from=begins).first()
    if same is not None and not why.strip():
        raise refuse(
            "correction",
            gettext_noop("《%(law)s》已有 %(day)s 施行的文本“%(label)s”，再录入即为更正，必须写明理由"),
            gettext_noop("请写明更正的理由，或核对施行日期"),
            law=law.title,
            day=begins.isoformat(),
            label=same.label,
        )


def _readable(content: str) -> Reading:
    reading = read(content)
    fatal = [problem for problem in reading.problems if problem.fatal]
    if fatal:
        raise Refused(
            *(
                Refusal(
                    "law.text",
                    gettext_noop("第%(line)s行：%(problem)s，没有录入"),
                    BASIS,
                    gettext_noop("请对照原件改正文本后重新检查"),
                    {"line": str(problem.line), "problem": problem.text},
                )
                for problem in fatal
            )
        )
    return reading


def _article(text: LawText, place: int, article: ReadArticle) -> Article:
    return Article(
        text=text,
        order=place,
        number=article.number,
        suffix=article.suffix,
        part=article.part,
        chapter=article.chapter,
        section=article.section,
        heading=article.heading,
        body=article.body,
    )


@service
def repeal(*, actor: Viewer, law_id: int, last_day: date, basis: str) -> LawText:
    """Record that a law holds no longer: its open text ends on `last_day`; `basis` names the decision."""
    require_role(actor, KEEPERS, gettext_noop("登记法规废止"))
    law = Law.objects.visible_to(actor).select_for_update().get(pk=law_id)
    text = law.texts.filter(withdrawn_at__isnull=True, effective_to__isnull=True).first()
    if text is None or text.effective_from > last_day:
        raise refuse(
            "repeal",
            gettext_noop("《%(law)s》在 %(day)s 没有施行中的文本，没有登记"),
            gettext_noop("请核对最后适用的日期"),
            law=law.title,
            day=last_day.isoformat(),
        )
    text.effective_to, text.repealed = last_day, required_text(basis, gettext_noop("废止依据"))
    text.save(update_fields=["effective_to", "repealed"])
    emit(
        LawRepealed(
            thing=Thing.of(law),
            after={"last_day": last_day, "repealed": text.repealed},
            law_id=law.pk,
            text_id=text.pk,
        )
    )
    return text


@service
def confirm_text(*, actor: Viewer, text_id: int, note: str) -> LawText:
    """Confirm a text that was 待确认; `note` says what it was compared with."""
    return dated.confirm(LawText.objects.select_related("law"), text_id, actor=actor, note=note)  # type: ignore[no-any-return]
