"""What the verifier in the visitor's browser says: the page hands these sentences to its script.

The script knows codes and figures only; a place is `%(name)s`. Sentences that the kernel's own report uses,
too, are the kernel's (`wording`), so that both say the same.
"""

from __future__ import annotations

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from mingcha.kernel.draw import wording
from mingcha.planning.campaigns.strata import known_labels
from mingcha.planning.roster import EXCLUSION_LABELS

_CHANGED = _("文件的摘要与方案里封存的不一致：封存以后，这个文件被改动过。")

#: Why a bundle is refused, by the stable code of the kernel; tables share the sentences of "table-…".
WHY = {
    "file-missing": _("缺少这个文件。复算包要解压后整个选上。"),
    "file-not-regular": _("它不是普通文件。"),
    "file-too-large": _("文件太大，不可能是复算包里的文件。"),
    "file-unreadable": _("读不出来。请检查网络后再试；如果是本机的文件，请重新选择。"),
    "file-bom": _("文件开头多了看不见的标记（BOM），通常是用记事本或 Excel 另存造成的。"),
    "file-cr": _("换行符被改过（多了回车符），通常是用记事本或 Excel 另存造成的。请用原来下载的文件。"),
    "file-last-lf": _("最后一行的末尾缺少换行符，文件可能没有下载完整或被改过。"),
    "file-encoding": _("文字编码不是 UTF-8，文件被另存过或已损坏。"),
    "table-header": _("第一行（表头）与规定的不一样。"),
    "table-pattern": _("这一行的写法不符合规定。"),
    "table-order": _("这一行没有按编号从小到大排列。"),
    "table-duplicate": _("这一行与上一行的编号重复。"),
    "table-digest": _CHANGED,
    "names-digest": _CHANGED,
    "plan-json": _("方案不是可读的 JSON。"),
    "plan-number": _("方案里有不允许的数（只能是非负整数）。"),
    "plan-canonical": _("方案不是规范的写法，可能被重新排版过。"),
    "plan-field": _("方案里有一项缺失或不符合规定。"),
    "plan-spec": _("方案用的不是 SSJ-1 协议。"),
    "plan-draw-id": _("抽取编号不符合规定。"),
    "plan-quota-mode": _("方案里抽取数量的算法不认识。"),
    "plan-quota": _("方案里抽取数量的写法不符合规定。"),
    "plan-entropy": _("方案里随机数来源的写法不符合规定。"),
    "plan-pattern": _("方案里随机数的格式要求超出了允许的写法，或者过于复杂。"),
    "plan-digest": _(
        "方案的摘要与您填写的不同。如果您抄得没有错，公布的方案就不是当时封存的那一份："
        "请保存这些文件和您的照片，向本局和司法局反映。"
    ),
    "entropy-json": _("随机数文件不是可读的 JSON。"),
    "entropy-number": _("随机数文件里有不允许的数。"),
    "entropy-canonical": _("随机数文件不是规范的写法，可能被重新排版过。"),
    "entropy-field": _("随机数文件的内容不是规定的三项。"),
    "entropy-source": _("随机数的来源、顺序或期号与方案约定的不一致。"),
    "entropy-characters": _("随机数里有不允许的字符，或者长度不对。"),
    "entropy-pattern": _("随机数不符合方案约定的格式。"),
    "entropy-sealed": _("公开的封存值打不开封存时的承诺：它被换过。"),
}

TEXTS = {
    "step": _("正在%(step)s…"),
    "cancelled": _("已经取消，没有得出结论。可以重新开始。"),
    "failed": _("没有算完：%(reason)s。这不说明结果有问题；请换一个浏览器，或者用 verify.py 复算。"),
    "no-worker": _(
        "复算程序没有装载成功。请刷新页面；仍不行的，或者这一页是从电脑里直接打开的，请用 verify.py 复算。"
    ),
    "match": _("一致"),
    "match-all": _("您的浏览器从头算了一遍，检查对象和检查人员都与公布的完全一致。"),
    "match-targets": _(
        "您的浏览器从头算了一遍，检查对象与公布的完全一致。公开的文件不含人员名单和回避关系，派员没有核对；督导和纪检持有完整的文件，可以一起核对。"
    ),
    "mismatch": _("不一致"),
    "mismatch-why": _(
        "公布的结果不是这些号码算出来的。请保存这些文件，立即联系本局和司法局。下面是第一处不同。"
    ),
    "difference": _("result.csv 第 %(line)s 行"),
    "given": _("公布的是"),
    "again": _("算出来的是"),
    "nothing": _("（没有这一行）"),
    "refused": _("文件不合规范，没有计算"),
    "refused-digest": _("方案与您抄下的不是同一份，没有计算"),
    "unread": _("有一个文件没有读到，没有计算"),
    "refused-next": _("verify.py 对同样的文件给出同样的结论：REJECTED %(code)s。"),
    "seen": _("此处的内容"),
    "seen-digest": _("这个文件实际的摘要"),
    "field": _("方案中的项目"),
    "where": _("%(file)s"),
    "where-line": _("%(file)s 第 %(line)s 行"),
    "plan-kept": _("方案摘要与您填写的一致：名单和规则在摇号之前没有改过。"),
    "plan-not-kept": _(
        "您没有填写封存时抄下的方案摘要，所以这次只证明了文件前后一致，没有证明封存以后名单和规则没有整体换过。"
    ),
    "names-compared": _("企业名称（evidence/names.csv）的摘要与方案里的一致：哪个编号是哪一户，已经封存。"),
    "names-not-compared": _(
        "企业名称没有核对：没有选上 evidence/names.csv（选整个文件夹就有），或者封存的方案里没有它的摘要。"
    ),
    "changes-right": _("抽取以后的候补和更换 %(count)s 次，每一次都与登记簿上的摘要一致。"),
    "changes-wrong": _(
        "抽取以后的第 %(number)s 次变动与登记簿上的摘要不一致：公布的变动不是当时登记的那一次。"
        "请保存这些文件，向本局和司法局反映。"
    ),
    "plan-form": _("方案摘要应当是 64 位数字和字母 a–f，您填写的有 %(count)s 位。请对照照片再看一遍。"),
    "plan-differs": _("与现在公布的方案摘要不同，从第 %(at)s 位起不一样。如果您抄得没有错，说明方案被换过。"),
    "plan-agrees": _("与现在公布的方案摘要相同。"),
    "no-files": _("请先选择解压后的复算包里的文件。"),
    "no-plan-file": _("选中的文件里没有 plan.json。请选择解压后的整个文件夹，或者里面的全部文件。"),
    "many-plan-files": _("选中的文件里有 %(count)s 个 plan.json。请只选一次抽取的文件夹。"),
    "chosen": _("已选择：%(names)s"),
    "figures": _("每一类的数"),
    "stratum": _("类别"),
    "rows": _("名单户数"),
    "eligible": _("可抽取"),
    "drawn": _("抽中"),
    "reserves": _("候补"),
    "cutoff": _("抽中的最大号码（前 16 位）"),
    "cutoff-weighted": _("抽中的最大排序数"),
    "chains": _("派员时的调剂和拉平"),
    "no-chains": _("没有需要调剂或拉平的。"),
    "gaps": _("为什么这几个名额空着"),
    "digests": _("算出来的数"),
    "draw-id": _("抽取编号"),
    "plan-digest": _("方案摘要"),
    "seed-text": _("种子的原文"),
    "seed": _("种子"),
    "draw-key": _("抽取密钥"),
    "result-digest": _("公布的 result.csv 的摘要"),
    "replayed-digest": _("算出来的 result.csv 的摘要"),
    "save": _("保存浏览器算出的 result.csv"),
    "id-form": _("请输入企业的编号（统一社会信用代码），由数字和大写字母组成。"),
    "id-unknown": _("这次抽取的名单里没有 %(id)s。请核对编号；刚登记、已注销或已迁出的不在名单里。"),
    "id-drawn": _("%(id)s 被抽中了，抽取序号 %(number)s。抽中只是随机的结果，不表示它有问题。"),
    "id-reserve": _("%(id)s 没有被抽中，是本类第 %(number)s 个候补。"),
    "id-not-drawn": _("%(id)s 没有被抽中：它的号码比本类抽中的都大。"),
    "id-none-drawn": _("%(id)s 没有被抽中：按公布的规则，这一类本次没有抽取。"),
    "id-excluded": _("%(id)s 在名单里，但没有参加抽取：%(why)s。"),
    "id-would": _("如果没有这个原因，它本来会被抽中。"),
    "id-stratum": _("类别"),
    "id-ticket": _("它的号码"),
    "id-key": _("排序数（号码前 16 位）"),
    "id-key-weighted": _("排序数（号码前 16 位 × 720720 ÷ 权重 %(weight)s）"),
    "id-cutoff": _("本类抽中的最大排序数"),
    "id-team": _("检查人员（第一人为主检）"),
    "id-command": _("自己验证它的号码：在任何一台装有 sha256sum 的电脑上运行"),
    "target": _("第 %(seq)s 号"),
    "target-id": _("第 %(seq)s 号（%(id)s）"),
    "list": _("%(first)s、%(rest)s"),
    "moves": _("%(first)s，%(rest)s"),
    "hand-over": wording.HAND_OVER,
    "repair": wording.REPAIR,
    "level": wording.LEVEL,
    "short": wording.SHORT,
    "short-nobody": wording.SHORT_NOBODY,
    "counted": wording.COUNTED,
    "counted-nobody": wording.COUNTED_NOBODY,
}


def for_the_page() -> dict[str, dict[str, str]]:
    """All sentences and labels of the page's script, translated."""
    return {
        "texts": {name: translate(str(text)) for name, text in TEXTS.items()},
        "why": {code: str(text) for code, text in WHY.items()},
        "strata": known_labels(),
        "exclusions": {code: str(label) for code, label in EXCLUSION_LABELS.items()},
    }
