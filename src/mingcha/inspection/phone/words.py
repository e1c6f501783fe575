"""The words of the phone's script, and the addresses it talks to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base import limits
from mingcha.items.vocabulary import Result
from mingcha.web.text import Text

WORDS: Final[Mapping[str, Text]] = {
    "visits": _("预载的检查"),
    "none_taken": _("手机里还没有预载的检查。有网络时打开“今日路线”，按“预载”。"),
    "to_route": _("今日路线（需要网络）"),
    "nobody": _("还不知道您是谁：请有网络时先登录一次。"),
    "sign_in": _("登录"),
    "sign_out": _("退出并清除手机里的企业资料"),
    "sign_out_hint": _(
        "全部传完，平台不收的也已下载，才能退出。"
        "传完满 7 天、审核通过的检查自动从手机里清除；待审核的留着，退回补正可以接着填。"
    ),
    "sign_out_offline": _("没有退出：现在连不上平台。请有网络时再退出，手机里的资料没有动。"),
    "sign_out_waits": _("还不能退出："),
    "sign_out_aside": _("还不能退出：平台没有收下的 {n} 处内容还在手机里，请先在那次检查的“提交”页下载"),
    "who_is_there": _("到场的检查人员（如实勾选）"),
    "two_needed": _(
        "实施检查的人员不得少于两人（国办发〔2024〕54号五）：请勾选到场的每一位；只有一人的，不能开始检查"
    ),
    "no_worker": _("这个地址不是 HTTPS，浏览器不能离线打开本页：预载以后请一直开着本页，不要关闭。"),
    "all_sent": _("全部已传到平台"),
    "left": _("还没有传到平台：{changes} 处改动，{files} 个照片、录音或签名（已存在手机里）"),
    "aside": _("另有 {n} 处平台没有收下，请在那次检查的“提交”页下载保存。"),
    "drafts_left": _("有 {n} 处填写的内容平台不收，在那次检查的“提交”页改好或者不要了。"),
    "trouble_offline": _("没有网络。"),
    "trouble_signed_out": _("登录已过期，请重新登录，内容都在。"),
    "trouble_failed": _("平台没有收下，稍后自动再传。"),
    "trouble_refused": _("平台没有收下。"),
    "trouble_gone": _("这次检查已经不归您办理。"),
    "gone_short": _("已不归您办理"),
    "gone": _(
        "这次检查已经不归您办理：换了检查人员，或者这一户由候补企业替换了。检查码作废，请不要再去、不要再填；"
        "写下的内容还在手机里，请下载保存，交给主检或股室负责人，下载以后就可以退出。"
    ),
    "never_entered": _(
        "批准的检查期间已经过去，没有登记入企，平台不收下写的内容。请下载保存，"
        "并请主检或股室负责人办理“未检查，说明理由”或者延长检查期限。"
    ),
    "taking": _("正在预载…"),
    "taken": _("已预载，可以离线使用"),
    "taken_at": _("{at} 已预载"),
    "not_genuine": _("资料包的签名不对，没有存下。请重新预载；仍不对的，请告诉系统管理员。"),
    "tab_door": _("亮码"),
    "tab_points": _("检查"),
    "tab_sign": _("签名"),
    "tab_result": _("提交"),
    "code_label": _("检查码，企业用手机扫码核验"),
    "digits_label": _("六位入企码"),
    "code_until": _("检查码有效至 {at}"),
    "code_over": _("检查码已经过期：请连上网络，回到今日路线重新预载。"),
    "code_void": _("这个检查码已经作废（人员有变动，或者另发了新码）：请连上网络，回到今日路线重新预载。"),
    "code_expired": _("是本平台签发的，但已经过期。"),
    "code_ended": _("已经离开，检查码作废。"),
    "code_none": _("没有检查码：已经入企，或者现在不能再下发；检查表照常填写。"),
    "entering": _("入企登记"),
    "way": _("怎样登记"),
    "via_code": _("已亮码，企业已查看"),
    "via_licence": _("扫描企业的营业执照"),
    "via_emergency": _("紧急情况，先行检查"),
    "via_failure": _("网络或系统故障，事后补录"),
    "licence_text": _("营业执照上的统一社会信用代码"),
    "licence_picture": _("拍下执照上的二维码"),
    "licence_by_hand": _("这个浏览器不会从照片里认二维码：请照执照输入 18 位统一社会信用代码。"),
    "licence_not_seen": _("照片里没有认出二维码：请对准执照上的二维码再拍一次，或照执照输入 18 位代码。"),
    "licence_missing": _("请先拍下执照上的二维码，或照执照输入 18 位统一社会信用代码。"),
    "licence_own": _("是这一户的执照：{code}"),
    "licence_another": _(
        "这是另一户的执照（{code}），这次检查的是“{firm}”（{own}）：请核对门牌和执照，走错了的离开即可。"
    ),
    "licence_none": _("内容里没有 18 位统一社会信用代码：请照执照输入。"),
    "licence_unknown": _("名录里没有这一户的统一社会信用代码，现在不能核对；传到平台以后由平台核对。"),
    "why_no_code": _("为什么没有当场扫码"),
    "platform_number": _("上级执法监督平台备案号（有的填）"),
    "enter": _("登记入企"),
    "not_entered": _("还没有登记入企。填写的内容先存在手机里，登记以后才传到平台。"),
    "leave": _("登记离开"),
    "leave_sure": _("登记离开？之后检查码作废，检查表仍可补写到提交为止。"),
    "leave_sure_other": _("登记离开？之后检查码作废。"),
    "no_inspection": _(
        "这次是调研、观摩、督导一类的入企，不是行政检查：只登记入企和离开，不填检查表，不拍照、录音取证"
        "（国办发〔2024〕54号）。发现线索的，另行登记线索，报批以后再检查。"
    ),
    "entered_at": _("入企：{at}"),
    "left_at": _("离开：{at}"),
    "not_sent_yet": _("（还没有传到平台）"),
    "call": _("拨打 {who}"),
    "certificate": _("证件 {number}，有效期至 {until}"),
    "notice": _("通知书内容：人员、材料、权利义务、监督电话"),
    "papers": _("请企业准备的材料"),
    "rights": _("企业的权利"),
    "duties": _("企业的义务"),
    "phones": _("监督电话"),
    "answered": _("已答 {done} 项，共 {all} 项"),
    "standard": _("合格标准和依据"),
    "answer_ok": _("符合"),
    "answer_bad": _("不符合"),
    "answer_na": _("不适用"),
    "value": _("查到的数"),
    "value_date": _("查到的日期（如 2026-11-24）"),
    "facts": _("事实（时间、地点、涉及什么）"),
    "persons": _("涉及人数"),
    "amount": _("涉及金额（元）"),
    "cannot_stand": _("这样写平台不收：请只填数字，人数至多六位，金额至多两位小数。"),
    "no_day": _("这样写平台不收：请写成 2026-11-24 的样子。"),
    "photo": _("拍照"),
    "record": _("录音"),
    "record_stop": _("停止并保存录音"),
    "no_microphone": _("浏览器不允许用麦克风：请在手机设置里允许，或不录音。"),
    "kind_photo": _("照片"),
    "kind_sound": _("录音"),
    "kind_signature": _("签名"),
    "kind_paper": _("纸质笔录"),
    "file_sent": _("已传到平台"),
    "file_waits": _("在手机里，等待上传"),
    "file_part": _("已传 {share}%"),
    "file_refused": _("平台没有收下：{why}"),
    "file_empty": _("文件是空的，没有存下。请重新拍。"),
    "file_too_large": _("文件 {given}，超过 {most}，没有存下。请把相机的画质调低再拍。"),
    "same_picture": _("这张照片已经拍过，两处都保留，审核时会标出。"),
    "conflict": _("两人填写的不一样"),
    "said": _("{who}（{at}）：{what}"),
    "me": _("本机"),
    "nothing": _("（空）"),
    "take_this": _("以此为准"),
    "you_decide": _("您是主检：请选一个，或重新填写。"),
    "lead_decides": _("由主检选定。您也可以改成和对方一样。"),
    "telling": _("告知"),
    "told_certificates": _("出示执法证件"),
    "told_rights": _("告知权利义务"),
    "told_recusal": _("是否申请回避"),
    "told_notice": _("检查通知书的送达"),
    "served_door": _("当场交付"),
    "served_before": _("此前已送达"),
    "served_none": _("没有出具"),
    "served_hint": _("亮码或扫描执照入企的，不选就记为入企时当场出示并交付。"),
    "served_how": _("何时、怎样送达；没有出具的写原因"),
    "told_yes": _("已告知"),
    "told_no": _("没有告知"),
    "shown_yes": _("已出示"),
    "shown_no": _("没有出示"),
    "result_all": _("整个检查的结果"),
    "recusal_none": _("不申请回避"),
    "recusal_asked": _("申请回避"),
    "present": _("在场人和陈述"),
    "present_name": _("在场人姓名"),
    "present_post": _("职务"),
    "present_phone": _("电话"),
    "statement": _("被检查单位的陈述"),
    "agrees": _("对记录的意见"),
    "agrees_yes": _("属实"),
    "agrees_partly": _("部分属实"),
    "agrees_no": _("不属实"),
    "signing": _("签名"),
    "the_firm": _("被检查单位在场人"),
    "to_be_signed": _("签名确认的内容（请在场人看过再签）"),
    "not_answered": _("还没有回答"),
    "changed_since": _(
        "被检查单位签名以后，又改了 {n} 处：请在场人再看一遍、重新签名；不重签的，审核时会标出。"
    ),
    "sign": _("在手机上签名"),
    "sign_anew": _("重新签名"),
    "sign_done": _("签好了"),
    "sign_again": _("重写"),
    "cancel": _("不签"),
    "signed": _("{who}已签名 {at}"),
    "not_signed": _("{who}还没有签名"),
    "refuses": _("拒绝签名"),
    "refused_how": _("拒绝签名的情况"),
    "witness": _("见证人"),
    "on_paper": _("在纸上签的"),
    "on_paper_hint": _("打印或手写的笔录签完以后，整页拍清楚，所有签名以纸质为准。"),
    "paper_photo": _("拍下纸质笔录"),
    "result": _("检查结果"),
    "result_of": _("“{item}”的结果"),
    "reasons": _("结果的情形（选一项或几项，会写进下面，下面可以再改）"),
    "result_reason": _("结果的具体情形"),
    "note": _("说明"),
    "check_code": _("核验别的检查码（不用网络）"),
    "code_text": _("粘贴码的内容"),
    "check": _("核验"),
    "code_picture": _("拍下二维码"),
    "no_code_seen": _("照片里没有认出二维码，或者这个浏览器不会认：请粘贴码的内容。"),
    "code_valid": _("真的，是本平台签发的，没有过期。"),
    "code_malformed": _("这不是检查码。"),
    "code_unknown_key": _("不是本平台签发的，或者手机里的资料太旧：请重新预载后再核验。"),
    "code_signature": _("假的：签名不对。"),
    "code_says": _("去往：{firm}；人员：{people}"),
    "kept_aside": _("平台没有收下的 {n} 处内容"),
    "download": _("下载这些内容"),
    "downloaded": _("已经下载，可以退出；原件仍留在手机里，到退出时清除。"),
    "submit": _("提交检查记录"),
    "submit_hint": _("提交以后锁定，改动只能走更正程序。需要网络。"),
    "submit_sure": _("提交检查记录？提交以后锁定。"),
    "drafts_stand": _("有填写的内容平台不收，还没有改好；改好或者不要了，再提交。"),
    "drafts_mend": _("去改"),
    "draft": _("第 {number} 项，{what}：写的是“{typed}”"),
    "draft_drop": _("不要这样写的"),
    "submit_waits": _("还有 {n} 处没有传到平台，传完再提交。内容都在手机里。"),
    "submitted": _("已提交，等待审核。"),
    "now_is": _("这次检查现在是“{state}”，检查表不能再改。"),
}


def addresses() -> dict[str, str]:
    """Where the script asks; 0 and the nil UUID stand for what it fills in."""
    named = {
        "hello": reverse("inspection:phone-hello"),
        "exchange": reverse("inspection:phone-exchange", args=[0]),
        "numbers": reverse("inspection:phone-numbers", args=[0]),
        "announce": reverse("inspection:phone-announce", args=[0]),
        "piece": reverse("inspection:phone-piece", args=["00000000-0000-0000-0000-000000000000", 0]),
        "package": reverse("inspection:package", args=[0]),
        "worker": reverse("inspection:phone-worker"),
        "scope": reverse("inspection:phone"),
        "route": reverse("inspection:phone"),
        "sign_out": reverse("accounts:sign-out"),
    }
    return {**named, "sign_in": f"{reverse('accounts:sign-in')}?next={reverse('inspection:phone-app')}"}


def licence_words() -> dict[str, str]:
    """What is said of a licence that was read or typed, wherever that is done."""
    return {code: str(text) for code, text in WORDS.items() if code.startswith("licence_")}


def page_values() -> dict[str, object]:
    """What both pages of the phone give to their scripts."""
    return {
        "words": {code: str(text) for code, text in WORDS.items()},
        "addresses": addresses(),
        "results": [[code, str(Result(code).label)] for code in Result.values],
        "limits": {"photo": limits.limit("photo_bytes"), "recording": limits.limit("upload_bytes")},
    }
