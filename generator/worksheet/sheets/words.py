"""The sheets of smaller things: texts, 三公经费, 采购与资产, 上年数, and what is seldom written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.load.yaml.changes import value_at
from generator.model.base import NOTHING, OpenModel
from generator.model.budget import OfficialExpenses, PriorYear
from generator.model.disclosure import Reasons
from generator.model.vocabulary import Vocabulary
from generator.worksheet.layout import (
    CellKind,
    Key,
    SheetColumn,
    SheetPlan,
    SheetTable,
    WorksheetRow,
)
from generator.worksheet.tables import Cells, cell_text, field_row, list_block

_LABEL = SheetColumn("栏目", width=34)
_STATE = SheetColumn("有无", kind=CellKind.TEXT, width=10, choices="无")
_NOTE = SheetColumn("单位", width=16)
EXPENSES = tuple(str(field.alias) for field in OfficialExpenses.model_fields.values())
_GOODS = ("货物", "工程", "服务")
LETTERS, SUBJECT_NAMES, STATED = "附件", "补充科目", "核对数"
_LETTER_PARTS = ("标题", "主送", "正文", "落款", "日期")
LISTS: Mapping[str, Key] = {
    "二级预算单位": ("单位信息", "二级预算单位"),
    "职责": ("概况", "职责"),
    "机构设置": ("概况", "机构设置"),
    "无数据表": ("公开方式", "无数据表"),
    "无数据科目类": ("公开方式", "无数据科目类"),
    "基本支出经济科目": ("基本支出经济科目",),
    "政府性基金收入": ("政府性基金收入",),
    "国有资本经营收入": ("国有资本经营收入",),
    "机关运行经费": ("机关运行经费",),
    "名词解释": ("名词解释",),
    "按实公布说明": ("按实公布说明",),
}
"""Blocks whose rows are the items of a list, and the path of the list."""


def economic_sheet(data: Mapping[str, Any], *, pairs: bool) -> SheetPlan:
    """基本支出经济科目."""
    columns = [
        SheetColumn(
            "部门经济科目（款）", ("部门经济科目",), CellKind.CODE, 34, "部门经济科目", name="d"
        )
    ]
    if pairs or any("政府经济科目" in each for each in data.get("基本支出经济科目") or ()):
        key = ("政府经济科目",)
        columns.append(
            SheetColumn("政府经济科目（款）", key, CellKind.CODE, 34, choices="政府经济科目")
        )
    columns.append(SheetColumn("金额", ("金额",), CellKind.AMOUNT, 18, name="amount", total=True))
    items = data.get("基本支出经济科目")
    block = list_block("基本支出经济科目", "基本支出经济科目", columns, items, spare=30)
    note = "一般公共预算安排的基本支出，每个（对）科目一行。单位：元"
    return SheetPlan("基本支出经济科目", note, [block], landscape=False)


def revenue_blocks(data: Mapping[str, Any]) -> Iterator[SheetTable]:
    """政府性基金收入 and 国有资本经营收入."""
    columns = (
        SheetColumn("收入科目", ("科目",), CellKind.CODE, 18),
        SheetColumn("名称", ("名称",), CellKind.TEXT, 44),
        SheetColumn("金额", ("金额",), CellKind.AMOUNT, 18, total=True),
    )
    for section in ("政府性基金收入", "国有资本经营收入"):
        yield list_block(section, section, columns, data.get(section), spare=6)


def expense_sheet(data: Mapping[str, Any], appropriations: Sequence[str]) -> SheetPlan:
    """三公经费 and 机关运行经费."""
    columns = (
        SheetColumn("费用", width=34),
        *(
            SheetColumn(name, kind=CellKind.AMOUNT, width=20, name=f"e{at}", total=True)
            for at, name in enumerate(appropriations)
        ),
        SheetColumn(
            "合计",
            kind=CellKind.AMOUNT,
            width=18,
            name="sum",
            total=True,
            formula=_sum(appropriations),
        ),
    )
    rows = [
        field_row(data, columns, item, [("三公经费", item, name) for name in appropriations])
        for item in EXPENSES
    ]
    funds = (
        SheetColumn("单位", ("单位",), CellKind.TEXT, 34, choices="单位"),
        *(
            SheetColumn(name, ("金额", name), CellKind.AMOUNT, 20, name=f"e{at}", total=True)
            for at, name in enumerate(appropriations)
        ),
        SheetColumn(
            "合计",
            kind=CellKind.AMOUNT,
            width=18,
            name="sum",
            total=True,
            formula=_sum(appropriations),
        ),
    )
    return SheetPlan(
        "三公经费",
        "单位：元。没有的金额空着；整栏没有的，在“有无”里选“无”",
        [
            _state_block(data, "三公经费"),
            SheetTable("", "三公经费", columns, rows),
            _state_block(data, "机关运行经费"),
            list_block("机关运行经费", "机关运行经费", funds, data.get("机关运行经费"), spare=8),
        ],
    )


def _sum(names: Sequence[str]) -> str:
    return f"=SUM({{e0}}{{row}}:{{e{len(names) - 1}}}{{row}})"


def _state_block(data: Mapping[str, Any], *sections: str) -> SheetTable:
    columns = (_LABEL, _STATE)
    rows = [
        field_row(data, columns, f"{section}：整栏没有的选“无”", [(section,)])
        for section in sections
    ]
    return SheetTable("", "有没有", columns, rows)


def assets_sheet(data: Mapping[str, Any], words: Vocabulary) -> SheetPlan:
    """政府采购, 国有资产, and the numbers that a place prints."""
    number = SheetColumn("数", kind=CellKind.COUNT, width=20)
    amount = SheetColumn("金额（元）", kind=CellKind.AMOUNT, width=20, name="amount", total=True)
    goods = (_LABEL, amount)
    kept = (_LABEL, number, _NOTE)
    vehicles = [
        field_row(data, kept, f"实有车辆：{kind}", [("国有资产", "实有车辆", kind)], ["辆"])
        for kind in words.vehicles
    ]
    others = [
        field_row(data, kept, asset.name, [("国有资产", asset.name)], [asset.unit])
        for asset in words.assets
    ]
    states = (_LABEL, _STATE)
    blocks = [
        SheetTable(
            "",
            "有没有",
            states,
            [
                field_row(data, states, "政府采购：整栏没有的选“无”", [("政府采购",)]),
                field_row(data, states, "国有资产：整栏没有的选“无”", [("国有资产",)]),
                field_row(data, states, "实有车辆：一辆没有的选“无”", [("国有资产", "实有车辆")]),
            ],
        ),
        SheetTable(
            "",
            "政府采购",
            goods,
            [field_row(data, goods, each, [("政府采购", each)]) for each in _GOODS],
        ),
        SheetTable("", "国有资产", kept, [*vehicles, *others]),
        _texts("不写则按模板包、按二级预算单位数", data, [
            ("国有资产截止日期", ("国有资产", "截止日期")),
            ("编报整体绩效目标单位数", ("绩效管理", "编报整体绩效目标单位数")),
        ], 20),
    ]  # fmt: skip
    if words.own_numbers:
        own = [
            field_row(data, kept, each.name, [("补充数字", each.name)], [each.unit])
            for each in words.own_numbers
        ]
        blocks.append(SheetTable("", "补充数字", kept, own))
    return SheetPlan(
        "采购与资产", "采购、资产手填。没有的写 0，空着等于没有说", blocks, landscape=False
    )


def prior_sheet(data: Mapping[str, Any], words: Vocabulary) -> SheetPlan:
    """上年预算数 and 变动原因, side by side, of what the pack compares or the data have."""
    columns = (
        SheetColumn("项目", width=34),
        SheetColumn("上年预算数（元）", kind=CellKind.AMOUNT, width=20),
        SheetColumn(
            f"变动原因（不写“{words.change_words.reason[0]}”，不写句号）",
            kind=CellKind.TEXT,
            width=80,
        ),
    )
    compared = words.prior_amounts or _aliases(PriorYear)
    stated = data.get("上年预算数") if isinstance(data.get("上年预算数"), dict) else {}
    reasons = data.get("变动原因") if isinstance(data.get("变动原因"), dict) else {}
    known = [*compared, *(stated or {})]
    explained = {*words.comparisons, *_aliases(Reasons), *(reasons or {})}
    prior = [name for name in dict.fromkeys(known) if name != "三公经费"]
    names = list(dict.fromkeys([*words.comparisons, *prior, *EXPENSES, *(reasons or {})]))
    rows = [
        field_row(
            data,
            columns,
            name,
            [_prior_path(name, prior), ("变动原因", name) if name in explained else None],
        )
        for name in names
    ]
    more = _texts("上年数据", data, [("上年的数据目录", ("上年数据",))], 20)
    note = "上年数填上一年公布的预算数；写了上年数据目录的，上年数由它算出，这里不用填"
    return SheetPlan("上年数", note, [SheetTable("", "上年预算数和变动原因", columns, rows), more])


def _aliases(model: type[OpenModel]) -> tuple[str, ...]:
    return tuple(str(field.alias) for field in model.model_fields.values())


def _prior_path(name: str, prior: Sequence[str]) -> Key | None:
    if name in EXPENSES:
        return ("上年预算数", "三公经费", name)
    return ("上年预算数", name) if name in prior else None


def _texts(
    title: str, data: Mapping[str, Any], fields: Sequence[tuple[str, Key]], width: float = 80
) -> SheetTable:
    columns = (_LABEL, SheetColumn("内容", kind=CellKind.TEXT, width=width))
    return SheetTable(
        "", title, columns, [field_row(data, columns, name, [key]) for name, key in fields]
    )


def text_sheets(data: Mapping[str, Any], words: Vocabulary, *, department: bool) -> list[SheetPlan]:
    """单位信息, 概况 and every other text; then what is seldom written."""
    entity = _texts("单位信息", data, [
        ("名称", ("单位信息", "名称")),
        ("类型（部门、单位）", ("单位信息", "类型")),
        ("年度", ("单位信息", "年度")),
        ("模板包", ("单位信息", "模板包")),
    ])  # fmt: skip
    blocks = [entity]
    if department or value_at(data, ("单位信息", "二级预算单位")):
        blocks.append(
            _strings("二级预算单位", "二级预算单位（含本级，按公开次序，一行一个）", data)
        )
    blocks += [
        _strings("职责", "概况：职责（一段一行）", data),
        _strings("机构设置", "概况：机构设置（一段一行）", data),
        _texts("其他说明", data, [
            ("政府购买服务指导性目录（没有的写“无”）", ("其他说明", "政府购买服务指导性目录")),
            ("其他", ("其他说明", "其他")),
        ]),
    ]  # fmt: skip
    if words.own_texts:
        fields = [(name, ("补充文字", name)) for name in words.own_texts]
        blocks.append(_texts("补充文字", data, fields))
    letters = (
        SheetColumn("附件序号", ("序号",), CellKind.CODE, 30),
        SheetColumn("要素", ("要素",), CellKind.TEXT, 80, choices="附件要素"),
        SheetColumn("内容", ("内容",), CellKind.TEXT, 60),
    )
    rows = [WorksheetRow(tuple(line.get(c.title) for c in letters)) for line in _letter_lines(data)]
    blocks.append(SheetTable(LETTERS, "附件（一段一行）", letters, rows, spare=10))
    terms = (
        SheetColumn("名词", ("名词",), CellKind.TEXT, 30),
        SheetColumn("解释", ("解释",), CellKind.TEXT, 80),
    )
    blocks.append(
        list_block("名词解释", "名词解释（不写则印模板包的）", terms, data.get("名词解释"))
    )
    return [SheetPlan("文字", "文字照写照印，一段一行", blocks), _seldom(data)]


def _strings(name: str, title: str, data: Mapping[str, Any]) -> SheetTable:
    columns = (SheetColumn("", width=30), SheetColumn("内容", (), CellKind.TEXT, 80))
    items = value_at(data, LISTS[name])
    rows = [
        WorksheetRow((None, cell_text(item))) for item in (items if isinstance(items, list) else [])
    ]
    return SheetTable(name, title, columns, rows, spare=6)


def _letter_lines(data: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for number, letter in enumerate(data.get(LETTERS) or (), 1):
        for part in _LETTER_PARTS:
            value = letter.get(part)
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    yield {"附件序号": str(number), "要素": part, "内容": text}


def letters_of(rows: Iterable[Cells], faults: list[str]) -> list[dict[str, Any]]:
    """附件 by its rows."""
    letters: dict[str, dict[str, Any]] = {}
    for cells in rows:
        letter = letters.setdefault(cells.get(("序号",), "1"), {})
        part, text = cells.get(("要素",), "正文"), cells.get(("内容",), "")
        if part == "正文":
            letter.setdefault("正文", []).append(text)
        elif part in _LETTER_PARTS and part not in letter:
            letter[part] = text
        else:
            faults.append(f"附件的“{part}”写了两次，或不是{'、'.join(_LETTER_PARTS)}之一")
    return [
        {part: each[part] for part in _LETTER_PARTS if part in each} for each in letters.values()
    ]


def _seldom(data: Mapping[str, Any]) -> SheetPlan:
    names = (
        SheetColumn("分类", ("分类",), CellKind.TEXT, 30, choices="分类"),
        SheetColumn("编码", ("编码",), CellKind.CODE, 60),
        SheetColumn("名称", ("名称",), CellKind.TEXT, 40),
    )
    extra = data.get(SUBJECT_NAMES) or {}
    subjects = [
        WorksheetRow((kind, code, cell_text(name)))
        for kind, codes in extra.items()
        for code, name in (codes or {}).items()
    ]
    stated = (
        SheetColumn("印出的数", ("数",), CellKind.TEXT, 30),
        SheetColumn("数字地址", ("地址",), CellKind.TEXT, 60),
    )
    printed = [
        WorksheetRow((cell_text(value), key)) for key, value in (data.get(STATED) or {}).items()
    ]
    accepted = (
        SheetColumn("规则", ("规则",), CellKind.TEXT, 30),
        SheetColumn("对象", ("对象",), CellKind.TEXT, 60),
        SheetColumn("理由", ("理由",), CellKind.TEXT, 40),
    )
    blocks = [
        _texts("公开方式", data, [
            ("绩效目标表位置（不写则按模板包）", ("公开方式", "绩效目标表位置")),
            ("报表数字的格式（不写则按模板包）", ("公开方式", "报表数字")),
            ("公开日期（模板包印在封面等处的）", ("公开方式", "公开日期")),
        ]),
        _strings("无数据表", "公开为“本表无数据”的表（如 表三，一行一个）", data),
        _strings("无数据科目类", "没有金额也列出的科目类（如 201，一行一个）", data),
        SheetTable(SUBJECT_NAMES, "补充科目（科目目录没有收录的）", names, subjects, spare=8),
        list_block("按实公布说明", "按实公布说明", accepted, data.get("按实公布说明")),
        SheetTable(STATED, "核对数（只用来核对，不参与计算）", stated, printed, spare=10),
    ]  # fmt: skip
    return SheetPlan("其他", "不常用的栏目，没有的空着", blocks)


def subject_names_of(rows: Iterable[Cells], faults: list[str]) -> dict[str, dict[str, str]]:
    """补充科目 by its rows."""
    found: dict[str, dict[str, str]] = {}
    for cells in rows:
        kind, code = cells.get(("分类",), "功能分类"), cells.get(("编码",), "")
        names = found.setdefault(kind, {})
        if code in names:
            faults.append(f"“补充科目”里{kind}的编码“{code}”写了两行：只留一行")
        names[code] = cells.get(("名称",), "")
    return found


def stated_of(rows: Iterable[Cells], faults: list[str]) -> dict[str, str]:
    """核对数 by its rows."""
    found: dict[str, str] = {}
    for cells in rows:
        address = cells.get(("地址",), "")
        if address in found:
            faults.append(f"“核对数”里地址“{address}”写了两行：只留一行")
        found[address] = cells.get(("数",), "")
    return found


def is_nothing(value: Any) -> bool:
    """Whether a section says that there is none of anything."""
    return isinstance(value, str) and value.strip() == NOTHING
