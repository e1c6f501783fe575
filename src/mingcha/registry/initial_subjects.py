"""Small reference tables that are public knowledge; the full ones come by import (domain §8.3, §8.4)."""

from __future__ import annotations

from mingcha.registry.models import Division, Industry, Tag

_GB2260 = "GB/T 2260"
_2014 = "2014 年撤县设区"
#: County-level divisions of 石家庄, with the codes that were given up and still stand in credit codes.
DIVISIONS: tuple[tuple[str, str, str, str], ...] = (
    ("130100", "石家庄市", "", _GB2260),
    ("130102", "长安区", "", _GB2260),
    ("130104", "桥西区", "", _GB2260),
    ("130105", "新华区", "", _GB2260),
    ("130107", "井陉矿区", "", _GB2260),
    ("130108", "裕华区", "", _GB2260),
    ("130109", "藁城区", "", _GB2260),
    ("130110", "鹿泉区", "", _GB2260),
    ("130111", "栾城区", "", _GB2260),
    ("130121", "井陉县", "", _GB2260),
    ("130123", "正定县", "", _GB2260),
    ("130125", "行唐县", "", _GB2260),
    ("130126", "灵寿县", "", _GB2260),
    ("130127", "高邑县", "", _GB2260),
    ("130128", "深泽县", "", _GB2260),
    ("130129", "赞皇县", "", _GB2260),
    ("130130", "无极县", "", _GB2260),
    ("130131", "平山县", "", _GB2260),
    ("130132", "元氏县", "", _GB2260),
    ("130133", "赵县", "", _GB2260),
    ("130171", "石家庄高新技术产业开发区", "", "统计用区划代码"),
    ("130172", "石家庄循环化工园区", "", "统计用区划代码"),
    ("130181", "辛集市", "", _GB2260),
    ("130183", "晋州市", "", _GB2260),
    ("130184", "新乐市", "", _GB2260),
    ("130124", "栾城县", "130111", _2014),
    ("130182", "藁城市", "130109", "2014 年撤市设区"),
    ("130185", "鹿泉市", "130110", "2014 年撤市设区"),
)
SECTIONS = {
    "A": "农、林、牧、渔业",
    "B": "采矿业",
    "C": "制造业",
    "D": "电力、热力、燃气及水生产和供应业",
    "E": "建筑业",
    "F": "批发和零售业",
    "G": "交通运输、仓储和邮政业",
    "H": "住宿和餐饮业",
    "I": "信息传输、软件和信息技术服务业",
    "J": "金融业",
    "K": "房地产业",
    "L": "租赁和商务服务业",
    "M": "科学研究和技术服务业",
    "N": "水利、环境和公共设施管理业",
    "O": "居民服务、修理和其他服务业",
    "P": "教育",
    "Q": "卫生和社会工作",
    "R": "文化、体育和娱乐业",
    "S": "公共管理、社会保障和社会组织",
    "T": "国际组织",
}
#: The classes by which the HRSS field is told apart: code, name, section.
CLASSES = (
    ("7261", "公共就业服务", "L"),
    ("7262", "职业中介服务", "L"),
    ("7263", "劳务派遣服务", "L"),
    ("7264", "创业指导服务", "L"),
    ("7269", "其他人力资源服务", "L"),
    ("8391", "职业技能培训", "P"),
)
_TRADE, _RISK = Tag.Group.TRADE, Tag.Group.RISK
TAGS = (
    ("dispatch", "劳务派遣机构", _TRADE, "持有劳务派遣经营许可；本局方案二（二）2"),
    ("hr-service", "人力资源服务机构", _TRADE, "持有人力资源服务许可或已备案；本局方案二（二）2"),
    ("training", "职业培训机构", _TRADE, "民办职业培训学校等；本局方案二（二）2"),
    ("construction", "建筑施工", _TRADE, "工程建设领域用工；保障农民工工资支付条例"),
    ("platform", "新业态平台", _TRADE, "平台企业及其合作用工企业；本局方案二（二）3"),
    ("labour-intensive", "劳动密集型", _RISK, "用工多、流动大的行业"),
    ("watch", "重点关注", _RISK, "本局确定的重点监管对象；依据写在每一户的标签上"),
)


def load() -> int:
    """Enter what is missing; returns how many rows were added."""
    before = _rows()
    Division.objects.bulk_create(
        [
            Division(
                code=code,
                name=name,
                parent="130000" if code == "130100" else "130100",
                replaced_by=now,
                source=source,
            )
            for code, name, now, source in DIVISIONS
        ],
        ignore_conflicts=True,
    )
    sections = [Industry(code=code, name=name, level=1, section=code) for code, name in SECTIONS.items()]
    classes = [
        Industry(code=code, name=name, parent=code[:3], level=4, section=section)
        for code, name, section in CLASSES
    ]
    Industry.objects.bulk_create([*sections, *classes], ignore_conflicts=True)
    Tag.objects.bulk_create(
        [Tag(code=code, label=label, group=group, meaning=meaning) for code, label, group, meaning in TAGS],
        ignore_conflicts=True,
    )
    return _rows() - before


def _rows() -> int:
    return Division.objects.count() + Industry.objects.count() + Tag.objects.count()
