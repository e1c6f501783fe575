"""Chains and shortages in Chinese sentences, for the report of `verify` and for the pages inside.

Every template is a constant with named places, so that a page can pass it through its translation; people,
skills and targets are named by the caller: by codes where only codes are known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .certificate import IN_TEAM, NO_CAPACITY, NO_SKILL, RECUSED, Shortage
from .pairing import Pairing


def gettext_noop(message: str) -> str:
    """Mark a template for the translation catalogue and return it unchanged (this package imports nothing,
    so that it runs alone)."""
    return message


def _number(seq: int) -> str:
    return f"第 {seq} 号"


class Words(NamedTuple):
    """What a reader calls an inspector (by code), a skill (by code) and a target (by 抽取序号); `say`
    translates a template."""

    inspector: Callable[[str], str] = str
    skill: Callable[[str], str] = str
    target: Callable[[int], str] = _number
    say: Callable[[str], str] = gettext_noop


CODES = Words()

HAND_OVER = gettext_noop("%(giver)s 把%(target)s交给 %(taker)s")
REPAIR = gettext_noop("调剂：%(target)s已没有直接可派的人，由 %(moves)s，%(joins)s 改去%(target)s。")
LEVEL = gettext_noop("拉平：%(giver)s 的户数比 %(taker)s 多，由 %(moves)s。")

SHORT = gettext_noop("%(target)s缺 %(slots)d 人：这 %(count)d 个人（%(who)s）都已满额，别的人都不能接手。")
SHORT_NOBODY = gettext_noop("%(target)s缺 %(slots)d 人：没有一个人可派。")
NO_LIMIT_LEFT = gettext_noop("%(who)s，上限为 0 户")
COUNTED = gettext_noop(
    "可以数出来：要把各户都配足，至少有 %(needed)d 户次只能由这 %(count)d 个人去，"
    "而他们的上限合计只有 %(room)d 户次。"
)
COUNTED_NOBODY = gettext_noop("可以数出来：要把各户都配足，还有 %(needed)d 户次没有任何人能去。")
CANNOT = gettext_noop("%(who)s：%(why)s")
OBSTACLES = {
    IN_TEAM: gettext_noop("已在本组"),
    RECUSED: gettext_noop("与该户有回避关系"),
    NO_SKILL: gettext_noop("没有所需的“%(skill)s”专长"),
    NO_CAPACITY: gettext_noop("上限为 0 户"),
}
WAY_OUT_SKILL = gettext_noop("需要至少 1 名具有“%(skill)s”专长、与该户无回避关系的人员。")
WAY_OUT = gettext_noop("需要至少 1 名与该户无回避关系的人员。")
TOTAL = gettext_noop(
    "要把各户都配足，合计至少需要再有 %(count)d 名人员；可向市局借调或补充授权，然后另取补充编号，"
    "只为缺人的检查对象补抽。"
)


def chain_sentence(record: Mapping[str, Any], words: Words = CODES) -> str:
    """One entry of `chains` in chains.json as a sentence: who hands which target to whom, and what for."""
    person = words.inspector
    moves = "，".join(
        words.say(HAND_OVER)
        % {"giver": person(m["from"]), "target": words.target(m["seq"]), "taker": person(m["to"])}
        for m in record["moves"]
    )
    if "joins" in record:
        places = {"target": words.target(record["seq"]), "moves": moves, "joins": person(record["joins"])}
        return words.say(REPAIR) % places
    first, last = record["moves"][0]["from"], record["moves"][-1]["to"]
    return words.say(LEVEL) % {"giver": person(first), "taker": person(last), "moves": moves}


class ShortageText(NamedTuple):
    """A shortage for a reader: what is missing and why, the count that proves it ("" when it proves
    nothing), why each person outside cannot take the place, and who would be a way out."""

    headline: str
    proof: str
    others: list[str]
    way_out: str


def shortage_text(pairing: Pairing, shortage: Shortage, words: Words = CODES) -> ShortageText:
    """The proof of `certificate.shortages` for one target, in sentences."""
    target = pairing.targets[shortage.target]
    skill = words.skill(target.skill)
    people = [_inside(pairing, p, words) for p in shortage.full]
    places = {
        "target": words.target(shortage.target + 1), "slots": shortage.slots, "who": "、".join(people),
        "count": len(people), "needed": shortage.needed, "room": shortage.room, "skill": skill,
    }  # fmt: skip
    others = [
        words.say(CANNOT) % {
            "who": words.inspector(pairing.ids[o.inspector]),
            "why": "、".join(words.say(OBSTACLES[name]) % {"skill": skill} for name in o.obstacles),
        }
        for o in shortage.outside
    ]  # fmt: skip
    counted = words.say(COUNTED if people else COUNTED_NOBODY) % places if shortage.proved else ""
    return ShortageText(
        words.say(SHORT if people else SHORT_NOBODY) % places,
        counted,
        others,
        words.say(WAY_OUT_SKILL if shortage.wants_skill and target.skill else WAY_OUT) % places,
    )


def _inside(pairing: Pairing, p: int, words: Words) -> str:
    who = words.inspector(pairing.ids[p])
    return who if pairing.capacity[p] else words.say(NO_LIMIT_LEFT) % {"who": who}


def total_sentence(count: int, words: Words = CODES) -> str:
    """How many further people are needed at least, and what to do (protocol 7.7: supplementary number)."""
    return words.say(TOTAL) % {"count": count}
