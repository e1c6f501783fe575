"""What a firm is asked about a visit: the 五个严禁 one by one, manner, burden (domain §1.2, §1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mingcha.web.text import Text

Answers = Sequence[tuple[str, Text]]

_HAPPENED: Answers = (("no", _("没有")), ("yes", _("有")), ("unsure", _("说不清")))
_DONE: Answers = (("yes", _("都做了")), ("part", _("做了一部分")), ("no", _("没有")))
_MANNER: Answers = (("good", _("满意")), ("fair", _("一般")), ("poor", _("不满意")))
_BURDEN: Answers = (("light", _("不重")), ("fair", _("一般")), ("heavy", _("重")))


@dataclass(frozen=True)
class Question:
    """One question; `bad` are the answers that an overseer looks for."""

    code: str
    text: Text
    answers: Answers
    bad: tuple[str, ...]

    def label(self, answer: str) -> Text:
        """What an answer is called."""
        return dict(self.answers)[answer]


QUESTIONS: tuple[Question, ...] = (
    Question("shown", _("检查人员有没有亮证、亮码、告知权利义务？"), _DONE, ("part", "no")),
    Question(
        "profit", _("有没有收受馈赠宴请、让企业承担费用、指定中介机构？（严禁逐利检查）"), _HAPPENED, ("yes",)
    ),
    Question(
        "disturb",
        _("有没有干扰正常经营，例如一定要法定代表人到场？（严禁干扰企业正常生产经营）"),
        _HAPPENED,
        ("yes",),
    ),
    Question(
        "punish",
        _("有没有乱查封、扣押、冻结，或者动辄要求停产停业？（严禁任性处罚企业）"),
        _HAPPENED,
        ("yes",),
    ),
    Question("quota", _("有没有提到检查或罚款的指标、任务？（严禁下达检查指标）"), _HAPPENED, ("yes",)),
    Question(
        "disguise",
        _("有没有查通知书以外的事项，或者以参观、督导为名检查？（严禁变相检查）"),
        _HAPPENED,
        ("yes",),
    ),
    Question("manner", _("对检查人员的态度和专业水平"), _MANNER, ("poor",)),
    Question("burden", _("准备材料、陪同检查的负担"), _BURDEN, ("heavy",)),
)
BY_CODE = {question.code: question for question in QUESTIONS}
