"""Plants one mistake in the YAML of a clean data folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import yaml

from generator.core.records import replace
from tests.generated import write_sections
from tests.mutations import (
    HOLLOW,
    NO_REFERENCE,
    REVIEW_MARK,
    Kind,
    Mutation,
    other_digit,
    with_number,
    with_word,
    wrong_name,
)

Step = str | int
Path_ = tuple[Step, ...]
_NAME_KEYS = ("名称", "单位", "项目名称", "实施单位", "落款", "部门名称")
_PARTS: dict[str, tuple[str, ...]] = {
    "收支": ("表一", "表二", "表三", "表四", "表五", "表六"),
    "基本支出经济科目": ("表五", "表六", "表十", "表十一"),
    "项目": ("表三", "表五", "表十二", "表十三", "情况说明 十"),
    "三公经费": ("表十", "情况说明 七"),
    "机关运行经费": ("表十一", "情况说明 八"),
    "上年预算数": ("情况说明 一", "情况说明 五", "情况说明 七", "情况说明 八"),
    "变动原因": ("情况说明 一", "情况说明 七", "情况说明 八"),
    "政府性基金收入": ("表七", "表八"),
    "国有资本经营收入": ("表九",),
    "国有资产": ("情况说明 十一",),
    "政府采购": ("情况说明 九",),
    "概况": ("职责", "机构设置"),
    "整体绩效目标表": ("整体绩效目标表", "整体支出绩效目标"),
    "附件": ("附件",),
    "单位信息": ("封面", "机构设置"),
}
_FREE_AMOUNTS = ("上年预算数", "政府采购", "单位资金")
"""Leaves that nothing else in the document repeats: any amount there is as good as another."""


class Data:
    """The sections of a data folder by file, as a tree that can be changed."""

    def __init__(self, folder: Path) -> None:
        self.files: dict[str, Any] = {
            file.stem: yaml.safe_load(file.read_text(encoding="utf-8"))
            for file in sorted(folder.glob("*.yaml"))
        }

    def leaves(self) -> Iterator[tuple[Path_, Any]]:
        """Every value that is no list or mapping, with its path from the file on."""
        yield from _leaves(self.files, ())

    def at(self, path: Path_) -> Any:
        """What stands at a path."""
        value: Any = self.files
        for step in path:
            value = value[step]
        return value

    def put(self, path: Path_, value: Any) -> None:
        """Writes a value at a path."""
        self.at(path[:-1])[path[-1]] = value

    def parts(self, path: Path_) -> tuple[str, ...]:
        """How findings may name what stands at a path: its record and the parts it appears in."""
        section = str(path[1])
        record = self.at(path[:3]) if section == "项目绩效目标表" else None
        if record is not None:
            return (record["项目名称"], f"绩效目标表 {int(path[2]) + 1}")
        return (section, *_PARTS.get(section, ()))


def _leaves(value: Any, path: Path_) -> Iterator[tuple[Path_, Any]]:
    steps: Any = value.items() if isinstance(value, dict) else ()
    for step, inner in enumerate(value) if isinstance(value, list) else steps:
        yield from _leaves(inner, (*path, step))
    if not isinstance(value, dict | list):
        yield path, value


Mutator = Callable[[Data, Random], Mutation | None]


def _changed(data: Data, kind: Kind, path: Path_, value: Any, beyond: str = "") -> Mutation:
    before, parts = data.at(path), data.parts(path)
    data.put(path, value)
    where = "/".join(map(str, path[1:]))
    return Mutation(kind, parts, f"{where}: {before}", str(value), beyond)


def _is_money(path: Path_, value: Any) -> bool:
    return isinstance(value, int) and path[1] not in ("单位信息", "国有资产")


def _free(path: Path_) -> str:
    basic_entity = "基本支出" in path and "单位资金" in path
    return NO_REFERENCE if path[1] in _FREE_AMOUNTS[:2] or basic_entity else ""


def _amount(data: Data, random: Random) -> Mutation:
    leaves = [
        (path, value)
        for path, value in data.leaves()
        if _is_money(path, value) and path[1] != "项目绩效目标表"
    ]
    path, value = random.choice(leaves)
    return _changed(data, Kind.CELL, path, int(other_digit(str(value), random)), _free(path))


def _form_amount(data: Data, random: Random) -> Mutation | None:
    leaves = [(p, v) for p, v in data.leaves() if p[1] == "项目绩效目标表" and "资金" in p]
    if not leaves:
        return None
    path, value = random.choice(leaves)
    return _changed(data, Kind.FORM_AMOUNT, path, int(other_digit(str(value), random)))


def _value(data: Data, random: Random) -> Mutation | None:
    """Only values that stand apart in the two halves can be compared."""
    leaves = [
        (path, value)
        for path, value in data.leaves()
        if "绩效指标" in path and path[-1] != "指标" and re.search(r"\d", str(value))
    ]
    if not leaves:
        return None
    path, value = random.choice(leaves)
    beyond = NO_REFERENCE if path[-1] == "指标值" else ""
    return _changed(data, Kind.VALUE, path, other_digit(value, random), beyond)


def _swap(data: Data, random: Random) -> Mutation:
    leaves = [
        (path, value)
        for path, value in data.leaves()
        if _is_money(path, value) and path[1] in ("收支", "基本支出经济科目", "项目", "三公经费")
    ]
    one, first = random.choice(leaves)
    other, second = random.choice([x for x in leaves if x[0][1] == one[1] and x[1] != first])
    parts = data.parts(one)
    data.put(one, second)
    data.put(other, first)
    beyond = _swap_beyond(data, one, other)
    return Mutation(
        Kind.SWAP, parts, f"{'/'.join(map(str, one[1:]))}: {first}", str(second), beyond
    )


def _swap_beyond(data: Data, one: Path_, other: Path_) -> str:
    """Two items of one kind and source exchanged leave every total as it was."""
    if one[1] == "收支" and one[4:] == other[4:]:
        return NO_REFERENCE
    subjects = [str(data.at(path[:-1]).get("部门经济科目", "")) for path in (one, other)]
    governments = [str(data.at(path[:-1]).get("政府经济科目", "")) for path in (one, other)]
    tied = {"30217", "30231", "31013"} & set(subjects)
    same = len({s[:3] in ("301", "303") for s in subjects}) == 1
    same = same and len({g.startswith("502") for g in governments}) == 1
    return NO_REFERENCE if one[1] == "基本支出经济科目" and same and not tied else ""


def _reason(data: Data, random: Random) -> Path_:
    paths = [path for path, _ in data.leaves() if path[1] == "变动原因"]
    return random.choice(paths)


def _direction(data: Data, random: Random) -> Mutation:
    """The reason of the opposite change, where the change has only one direction of its own."""
    path = _reason(data, random)
    present = data.at(path)
    opposite = {
        "新增": "不再安排",
        "增加": "减少",
        "减少": "增加",
        "核增": "核减",
        "核减": "核增",
        "调整": "下调",
        "压减": "增加",
        "从严掌握": "有所增加",
        "只安排": "增加",
        "更新": "停用",
        "重新购置": "不再购置",
        "已经完工": "新增",
        "竣工结算": "新增",
    }
    word = next(word for word in opposite if word in present)
    return _changed(data, Kind.DIRECTION, path, present.replace(word, opposite[word], 1))


def _texts(data: Data, *sections: str) -> list[tuple[Path_, str]]:
    return [
        (path, value)
        for path, value in data.leaves()
        if isinstance(value, str)
        and len(value) > 8
        and (path[1] in sections if sections else path[-1] not in _NAME_KEYS)
    ]


def _year(data: Data, random: Random) -> Mutation:
    texts = [
        (path, value) for path, value in data.leaves() if isinstance(value, str) and "202" in value
    ]
    path, value = random.choice(texts)
    found = random.choice(re.findall("202[45]", value) or ["202"])
    cited = f"〔{found}" in value
    words = value.replace(found, "2023", 1)
    return _changed(data, Kind.YEAR, path, words, NO_REFERENCE if cited else "")


def _name(data: Data, random: Random) -> Mutation:
    names = [
        (path, value)
        for path, value in data.leaves()
        if path[-1] in _NAME_KEYS or "二级预算单位" in path
    ]
    path, value = random.choice([n for n in names if isinstance(n[1], str) and len(n[1]) > 2])
    return _changed(data, Kind.NAME, path, wrong_name(value, random))


def _deleted(data: Data, random: Random) -> Mutation:
    texts = _texts(data, "概况")
    path, value = random.choice(texts)
    parts = data.parts(path)
    data.at(path[:-1]).remove(value)
    return Mutation(Kind.DELETED, parts, value, "", NO_REFERENCE)


def _doubled(data: Data, random: Random) -> Mutation:
    path, value = random.choice(_texts(data, "概况", "变动原因"))
    if path[1] == "变动原因":
        others = [p for p, _ in _texts(data, "变动原因") if p != path]
        return _changed(data, Kind.DOUBLED, random.choice(others), value)
    parts = data.parts(path)
    data.at(path[:-1]).append(value)
    return Mutation(Kind.DOUBLED, parts, value, value)


def _no_reason(data: Data, random: Random) -> Mutation:
    path = _reason(data, random)
    before, parts = data.at(path), data.parts(path)
    del data.at(path[:-1])[path[-1]]
    return Mutation(Kind.NO_REASON, (*parts, f"“{path[-1]}”"), f"{path[-1]}: {before}", "")


def _hollow(data: Data, random: Random) -> Mutation:
    word = random.choice(HOLLOW)
    return _changed(data, Kind.HOLLOW, _reason(data, random), word)


def _placeholder(data: Data, random: Random) -> Mutation:
    path, value = random.choice(_texts(data))
    word = random.choice(("XX", "待填写"))
    return _changed(data, Kind.PLACEHOLDER, path, with_word(value, word, random))


def _slip(data: Data, random: Random) -> Mutation | None:
    slips = {"。": "。；", "，": "，，", "的": "的的", "%": "%%"}
    found = [(p, v, good) for p, v in _texts(data) for good in slips if good in v]
    path, value, good = random.choice(found)
    return _changed(data, Kind.SLIP, path, value.replace(good, slips[good], 1))


def _row(data: Data, random: Random) -> Mutation:
    lists = [
        records
        for content in data.files.values()
        for section, records in content.items()
        if section in ("收支", "基本支出经济科目")
    ]
    lists += [group["项目"] for group in data.files["项目"]["项目"] if len(group["项目"]) > 1]
    records = random.choice(lists)
    record = records.pop(random.randrange(len(records)))
    section = next((s for s in ("科目", "部门经济科目") if s in record), "名称")
    parts = {"科目": "收支", "部门经济科目": "基本支出经济科目", "名称": "项目"}
    name = "项目" if "名称" in record else parts[section]
    beyond = NO_REFERENCE if _only_entity(record) else ""
    return Mutation(
        Kind.ROW,
        (str(record.get("名称", record.get(section))), *_PARTS[name]),
        str(record),
        "",
        beyond,
    )


def _only_entity(record: dict[str, Any]) -> bool:
    return "单位资金" in str(record) and "一般公共预算" not in str(record) and "名称" not in record


def _table(data: Data, random: Random) -> Mutation:
    number = random.choice(("表一", "表二", "表三", "表四", "表五", "表六", "表十", "表十二"))
    data.files["单位信息"]["公开方式"]["无数据表"] = [number]
    return Mutation(Kind.TABLE, (number,), number, "本表无数据")


def _form(data: Data, random: Random) -> Mutation | None:
    forms = data.files.get("项目绩效目标表", {}).get("项目绩效目标表")
    if not forms:
        return None
    number = random.randrange(len(forms))
    name = forms.pop(number)["项目名称"]
    return Mutation(Kind.FORM, (name,), name, "")


def _personal(data: Data, random: Random) -> Mutation:
    path, value = random.choice(_texts(data))
    return _changed(data, Kind.PERSONAL, path, with_number(value, random))


def _mark(data: Data, random: Random) -> Mutation:
    path, value = random.choice(_texts(data, "概况", "其他说明", "附件"))
    mutation = _changed(data, Kind.MARK, path, f"{value}（{REVIEW_MARK}）")
    return replace(mutation, parts=(*mutation.parts, REVIEW_MARK))


DATA_MUTATORS: dict[Kind, Mutator] = {
    Kind.CELL: _amount,
    Kind.FORM_AMOUNT: _form_amount,
    Kind.VALUE: _value,
    Kind.SWAP: _swap,
    Kind.DIRECTION: _direction,
    Kind.YEAR: _year,
    Kind.NAME: _name,
    Kind.DELETED: _deleted,
    Kind.DOUBLED: _doubled,
    Kind.NO_REASON: _no_reason,
    Kind.HOLLOW: _hollow,
    Kind.PLACEHOLDER: _placeholder,
    Kind.SLIP: _slip,
    Kind.ROW: _row,
    Kind.TABLE: _table,
    Kind.FORM: _form,
    Kind.PERSONAL: _personal,
    Kind.MARK: _mark,
}
"""How each kind of mistake is planted in data; a figure in a sentence has no place there."""


def mutate_data(folder: Path, target: Path, kind: Kind, random: Random) -> Mutation | None:
    """Writes a copy of a data folder with one mistake in it."""
    data = Data(folder)
    mutation = DATA_MUTATORS[kind](data, random)
    if mutation is None:
        return None
    write_sections(target, data.files)
    return replace(mutation, parts=(*mutation.parts, *_changed_lines(folder, target)))


def _changed_lines(folder: Path, target: Path) -> Iterator[str]:
    """The lines that were changed, as places of findings name them; none for what was left out."""
    for file in sorted(folder.glob("*.yaml")):
        before = file.read_text(encoding="utf-8").splitlines()
        after = (target / file.name).read_text(encoding="utf-8").splitlines()
        if len(before) == len(after):
            pairs = zip(before, after, strict=True)
            yield from (f"{file.name}:{n}" for n, (one, two) in enumerate(pairs, 1) if one != two)
