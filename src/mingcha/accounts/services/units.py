"""Units: create, edit, move in the tree, close."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop

from mingcha.accounts.events import UnitClosed, UnitCreated, UnitMoved, UnitRenamed
from mingcha.accounts.models import Capacity, Unit, UnitKind
from mingcha.accounts.models.units import DIVISION_CODE
from mingcha.accounts.rules import refuse, require_administrator
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.kernel.refusal import Refused

_ENFORCERS = gettext_noop("国办发〔2024〕54号 三、检查主体（主体资格须公告）")


@service
def create_unit(
    *,
    actor: Viewer,
    name: str,
    kind: UnitKind | str = UnitKind.SECTION,
    parent: Unit | None = None,
    short_code: str = "",
    division_code: str = "",
    capacity: Capacity | str = Capacity.NONE,
    entrusted_by: Unit | None = None,
) -> Unit:
    """Create a unit below `parent`; without a division code it takes its parent's."""
    require_administrator(actor)
    unit = Unit(
        name=name.strip(),
        kind=UnitKind(kind),
        parent=parent,
        short_code=short_code.strip(),
        division_code=division_code or (parent.division_code if parent is not None else ""),
        capacity=Capacity(capacity),
        entrusted_by=entrusted_by,
    )
    if parent is not None and not parent.is_open:
        raise _closed(parent)
    _check(unit)
    unit.save()
    _replant(unit)
    emit(UnitCreated(thing=Thing.of(unit), after=_facts(unit)))
    return unit


@service
def edit_unit(
    *,
    actor: Viewer,
    unit: Unit,
    name: str,
    kind: UnitKind | str,
    short_code: str = "",
    division_code: str = "",
    capacity: Capacity | str = Capacity.NONE,
    entrusted_by: Unit | None = None,
) -> Unit:
    """Change what a unit is; its place in the tree changes by `move_unit`."""
    require_administrator(actor)
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if not unit.is_open:
        raise _closed(unit)
    before = _facts(unit)
    unit.name, unit.kind, unit.short_code = name.strip(), UnitKind(kind), short_code.strip()
    unit.division_code = division_code or (unit.parent.division_code if unit.parent is not None else "")
    unit.capacity, unit.entrusted_by = Capacity(capacity), entrusted_by
    _check(unit)
    unit.save()
    after = _facts(unit)
    if after != before:
        emit(UnitRenamed(thing=Thing.of(unit), before=before, after=after))
    return unit


@service
def rename_unit(*, actor: Viewer, unit: Unit, name: str) -> Unit:
    """Give a unit another name and leave everything else."""
    return edit_unit(
        actor=actor,
        unit=unit,
        name=name,
        kind=unit.kind,
        short_code=unit.short_code,
        division_code=unit.division_code,
        capacity=unit.capacity,
        entrusted_by=unit.entrusted_by,
    )


@service
def move_unit(*, actor: Viewer, unit: Unit, parent: Unit | None) -> Unit:
    """Hang a unit, with everything below it, under another; refuses a circle."""
    require_administrator(actor)
    # All rows of the tree are locked, so that two moves at a time cannot make a circle together.
    tree = {one.pk: one for one in Unit.objects.select_for_update(of=("self",)).order_by("pk")}
    unit = tree[unit.pk]
    parent = tree[parent.pk] if parent is not None else None
    if parent is not None and parent.is_within(unit):
        raise refuse(
            "unit_circle",
            gettext_noop("不能把“%(unit)s”移到它自己或它的下级“%(parent)s”之下"),
            gettext_noop("请另选一个不在它下面的上级单位"),
            unit=unit.name,
            parent=parent.name,
        )
    if parent is not None and not parent.is_open:
        raise _closed(parent)
    if unit.parent_id == (parent.pk if parent is not None else None):
        return unit
    before = {"parent": tree[unit.parent_id].name if unit.parent_id else ""}
    unit.parent = parent
    _check(unit)
    unit.save(update_fields=["parent"])
    _replant(unit)
    emit(
        UnitMoved(
            thing=Thing.of(unit), before=before, after={"parent": parent.name if parent is not None else ""}
        )
    )
    return unit


@service
def close_unit(*, actor: Viewer, unit: Unit, why: str) -> Unit:
    """Close a unit: it stays in history, but nobody and nothing new can be put under it."""
    require_administrator(actor)
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if not unit.is_open:
        raise _closed(unit)
    people = unit.people.filter(is_active=True).count()
    children = unit.children.filter(closed_on=None).count()
    if people or children:
        raise refuse(
            "unit_in_use",
            gettext_noop("“%(unit)s”还有 %(people)d 名在用人员、%(children)d 个下级单位，不能撤销"),
            gettext_noop("请先把人员调到其他单位，把下级单位移走或撤销"),
            unit=unit.name,
            people=people,
            children=children,
        )
    unit.closed_on = clock.today()
    unit.save(update_fields=["closed_on"])
    emit(UnitClosed(thing=Thing.of(unit), after={"closed_on": unit.closed_on.isoformat()}, why=why))
    return unit


def _check(unit: Unit) -> None:
    """Refuse what the tree and the documents cannot bear, all reasons together."""
    others = Unit.objects.exclude(pk=unit.pk)
    found: list[Refused] = []
    if not unit.name:
        found.append(
            refuse("unit_name_missing", gettext_noop("没有填写单位名称"), gettext_noop("请填写单位名称"))
        )
    if others.open().filter(parent=unit.parent, name=unit.name).exists():
        found.append(
            refuse(
                "unit_name_taken",
                gettext_noop("同一上级下已有名为“%(name)s”的单位"),
                gettext_noop("请换一个名称，或者直接使用已有的单位"),
                name=unit.name,
            )
        )
    if unit.short_code and others.filter(short_code=unit.short_code).exists():
        found.append(
            refuse(
                "unit_code_taken",
                gettext_noop("简码“%(code)s”已被其他单位使用"),
                gettext_noop("请换一个简码：文号靠它区分"),
                code=unit.short_code,
            )
        )
    if unit.division_code:
        try:
            DIVISION_CODE(unit.division_code)
        except ValidationError as error:
            found.append(
                refuse("unit_division", str(error.messages[0]), gettext_noop("请核对 GB/T 2260 代码"))
            )
    if (unit.capacity == Capacity.ENTRUSTED) != (unit.entrusted_by_id is not None):
        found.append(
            refuse(
                "unit_entrusted_by",
                gettext_noop("委托执法的单位必须写明委托机关，其他单位不能有委托机关"),
                gettext_noop("请选择委托机关，或者修改执法主体的类别"),
                basis=_ENFORCERS,
            )
        )
    if found:
        raise Refused(*(refusal for one in found for refusal in one.refusals))


def _replant(unit: Unit) -> None:
    """Compute the paths of a unit and of everything below it after its parent changed."""
    old = unit.path
    unit.path = f"{unit.parent.path if unit.parent is not None else '/'}{unit.pk}/"
    Unit.objects.filter(pk=unit.pk).update(path=unit.path)
    if old and old != unit.path:
        below = list(Unit.objects.filter(path__startswith=old).exclude(pk=unit.pk))
        for one in below:
            one.path = unit.path + one.path.removeprefix(old)
        Unit.objects.bulk_update(below, ["path"])


def _facts(unit: Unit) -> dict[str, str]:
    return {
        "name": unit.name,
        "kind": str(unit.kind),
        "short_code": unit.short_code,
        "division_code": unit.division_code,
        "capacity": str(unit.capacity),
        "entrusted_by": unit.entrusted_by.name if unit.entrusted_by is not None else "",
    }


def _closed(unit: Unit) -> Refused:
    return refuse(
        "unit_closed",
        gettext_noop("“%(unit)s”已于 %(day)s 撤销，不能再使用"),
        gettext_noop("请选择在用的单位"),
        unit=unit.name,
        day=unit.closed_on,
    )
