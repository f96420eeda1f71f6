"""Plants one fault of those that reviewers name, in a draft of any format that has been read.

The blocks of a draft are changed after reading: a fault in a PDF then is one in what the PDF's
reader gives, wrapped cells and all, without printing a file for each. Nothing here knows a pack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from random import Random

from generator.drafts.draft import Block, Draft, Paragraph, Row, Table
from tests.mutations import other_digit, within_rounding, wrong_name

Lines = list[Paragraph | Row | None]
"""The lines of a draft; ``None`` for one that is taken out."""


class Group(StrEnum):
    """What a fault is about; the first three are counted together as arithmetic and sentences."""

    TABLES = "报表"
    SENTENCES = "文字"
    AGAINST = "文字与报表"
    WORDING = "用语"
    DOCUMENT = "整份文件"


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, what stood there and what stands there now.

    ``beyond`` says why nothing in the document contradicts it; empty if something does.
    """

    kind: str
    group: Group
    before: str
    after: str
    beyond: str = ""

    def __str__(self) -> str:
        return f"{self.kind}｜{self.before[:90]} → {self.after[:90]}"


@dataclass(frozen=True)
class _Cell:
    """A cell with an amount: the line it is in, its column, and the table of the line."""

    line: int
    column: int
    text: str
    table: int


class View:
    """A draft as lines, with what of it is a table's cell, a sentence or a heading."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.lines: list[Paragraph | Row] = list(draft.lines())
        self.tables: dict[int, int] = {}
        at = 0
        for number, block in enumerate(draft.blocks):
            size = len(block.rows) if isinstance(block, Table) else 1
            if isinstance(block, Table):
                self.tables.update(dict.fromkeys(range(at, at + size), number))
            at += size
        self.contents = self._contents()
        self.forms = self._forms()

    def _contents(self) -> set[int]:
        """The lines of the table of contents: those that come again as a heading."""
        start = next((n for n, t in enumerate(self.texts()) if re.fullmatch(r"目\s*[录次]", t)), -1)
        found: set[int] = set()
        for at in range(start + 1, len(self.lines)):
            text = _bare(self.text(at))
            if start < 0 or not re.match(r"第.部分|[一二三四五六七八九十]+、|（.）|\d|表", text):
                break
            if not re.search(r"\d$|[.…]", self.text(at)) and at - start > 40:
                break
            if any(_bare(self.text(other)) == text for other in found):
                break
            found.add(at)
        return found

    def _forms(self) -> set[int]:
        """The lines of forms and their titles: not what is planted into."""
        return {
            line
            for line, table in self.tables.items()
            if any(
                "指标" in cell
                for row in self.draft.blocks[table].rows  # type: ignore[union-attr]
                for cell in row.cells
            )
        }

    def text(self, at: int) -> str:
        """What a line says."""
        line = self.lines[at]
        return line.text if isinstance(line, Paragraph) else " ".join(filter(None, line.cells))

    def texts(self) -> list[str]:
        """What each line says."""
        return [self.text(at) for at in range(len(self.lines))]

    def sentences(self) -> list[int]:
        """The paragraphs of running text, glossary and contents apart."""
        glossary = self.section("名词解释")
        return [
            at
            for at, line in enumerate(self.lines)
            if isinstance(line, Paragraph)
            and not line.aside
            and at not in self.contents
            and at not in glossary
            and len(line.text) > 12
            and re.search("[。；;]", line.text)
        ]

    def section(self, name: str) -> set[int]:
        """A heading with a name and the lines below it, up to the next heading like it."""
        start = next(
            (
                at
                for at, text in enumerate(self.texts())
                if at not in self.contents
                and len(text) <= 24
                and name in text
                and isinstance(self.lines[at], Paragraph)
                and "。" not in text
            ),
            None,
        )
        if start is None:
            return set()
        mark = _mark(self.text(start))
        end = start + 1
        while end < len(self.lines) and not (
            isinstance(self.lines[end], Paragraph)
            and len(self.text(end)) <= 40
            and "。" not in self.text(end)
            and (mark == _mark(self.text(end)) or _mark(self.text(end)) == "部分" or not mark)
            and not (mark == "" and _mark(self.text(end)))
        ):
            end += 1
        return set(range(start, end))

    def cells(self) -> list[_Cell]:
        """The cells of the statements that state an amount."""
        return [
            _Cell(at, column, cell, self.tables[at])
            for at, line in enumerate(self.lines)
            if isinstance(line, Row) and at not in self.forms and at not in self.contents
            for column, cell in enumerate(line.cells)
            if _AMOUNT.fullmatch(cell.strip())
        ]

    def changed(self, changes: dict[int, Paragraph | Row | list[Paragraph | Row] | None]) -> Draft:
        """The draft with some lines replaced, taken out, or doubled."""
        blocks: list[Block] = []
        at = 0
        for block in self.draft.blocks:
            if isinstance(block, Table):
                rows: list[Row] = []
                for row in block.rows:
                    rows += [r for r in _new(changes, at, row) if isinstance(r, Row)]
                    at += 1
                if rows:
                    blocks.append(Table(rows))
            else:
                blocks += [p for p in _new(changes, at, block) if isinstance(p, Paragraph)]
                at += 1
        return replace(self.draft, blocks=tuple(blocks))


_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,2}")
_CODE = re.compile(r"2\d{2}(?:\d{2}){0,2}")
Changes = dict[int, "Paragraph | Row | list[Paragraph | Row] | None"]
Planted = tuple[Fault, Draft]
Mutator = Callable[[View, Random], "Planted | None"]


def _new(changes: Changes, at: int, line: Paragraph | Row) -> list[Paragraph | Row]:
    if at not in changes:
        return [line]
    new = changes[at]
    return [] if new is None else new if isinstance(new, list) else [new]


def _bare(text: str) -> str:
    return re.sub(r"[\s.…·]+\d*$|\s", "", text)


def _mark(heading: str) -> str:
    """The kind of numbering of a heading."""
    match = re.match(r"第.(部分)|[一二三四五六七八九十]+(、)|[（(].(）)", heading)
    return next(filter(None, match.groups()), "") if match else ""


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


# Tables


def _like(value: Decimal, text: str) -> str:
    """An amount written as another one is."""
    decimals = len(text.partition(".")[2])
    return f"{value:,.{decimals}f}" if "," in text or value < 1000 else f"{value:.{decimals}f}"


def _with_cell(line: Row, column: int, text: str) -> Row:
    cells = list(line.cells)
    cells[column] = text
    return replace(line, cells=tuple(cells))


def _cells_of(view: View, which: Callable[[View, _Cell], bool]) -> list[_Cell]:
    return [cell for cell in view.cells() if which(view, cell)]


def _cell(name: str, which: Callable[[View, _Cell], bool]) -> tuple[str, Mutator]:
    def plant(view: View, random: Random) -> Planted | None:
        cells = _cells_of(view, which)
        if not cells:
            return None
        cell = random.choice(cells)
        row = view.lines[cell.line]
        assert isinstance(row, Row)
        unit = 10_000 if not cell.text.partition(".")[2] or _number(cell.text) > 10**6 else 1
        after = other_digit(cell.text, random)
        beyond = within_rounding(str(_number(cell.text) / unit), str(_number(after) / unit))
        title = _title(view, cell.line)
        fault = Fault(name, Group.TABLES, f"{title}／{view.text(cell.line)}", after, beyond)
        return fault, view.changed({cell.line: _with_cell(row, cell.column, after)})

    return name, plant


def _title(view: View, line: int) -> str:
    """The title above a table."""
    at = line
    while at >= 0 and not (
        isinstance(view.lines[at], Paragraph) and re.search("表[^。]{0,12}$", view.text(at))
    ):
        at -= 1
    return view.text(at) if at >= 0 else ""


def _label(view: View, cell: _Cell) -> str:
    row = view.lines[cell.line]
    assert isinstance(row, Row)
    return next((each for each in row.cells if each.strip()), "")


def _code(view: View, line: int) -> str:
    row = view.lines[line]
    if not isinstance(row, Row) or not row.cells:
        return ""
    joined = ""
    for text in row.cells:
        if re.fullmatch(r"2\d{2}(\d{2}){0,2}", text) and not joined:
            joined = text
        elif joined and re.fullmatch(r"\d\d", text):
            joined += text
        elif text:
            break
    return joined


def _is_total_row(view: View, cell: _Cell) -> bool:
    return bool(
        re.fullmatch(r"(本年|收入|支出)?(收入|支出)?(合计|总计)", _label(view, cell).strip())
    )


def _is_upper(view: View, cell: _Cell) -> bool:
    return len(_code(view, cell.line)) in (3, 5)


def _is_item(view: View, cell: _Cell) -> bool:
    return len(_code(view, cell.line)) == 7


def _is_official(view: View, cell: _Cell) -> bool:
    return "三公" in _title(view, cell.line) and "经费和机关" not in _title(view, cell.line)


def _is_other(view: View, cell: _Cell) -> bool:
    tests = (_is_total_row, _is_upper, _is_item, _is_official)
    return not any(test(view, cell) for test in tests)


def _swapped(view: View, random: Random) -> Planted | None:
    rows: dict[int, list[_Cell]] = {}
    for cell in view.cells():
        rows.setdefault(cell.line, []).append(cell)
    found = [cells for cells in rows.values() if len({each.text for each in cells}) > 1]
    if not found:
        return None
    cells = random.choice(found)
    one = random.choice(cells)
    other = random.choice([each for each in cells if each.text != one.text])
    row = view.lines[one.line]
    assert isinstance(row, Row)
    new = _with_cell(_with_cell(row, one.column, other.text), other.column, one.text)
    beyond = within_rounding(one.text, other.text)
    fault = Fault(
        "同一行两格对调",
        Group.TABLES,
        _title(view, one.line) + view.text(one.line),
        " ".join(filter(None, new.cells)),
        beyond,
    )
    return fault, view.changed({one.line: new})


def _consistent(view: View, random: Random) -> Planted | None:
    """One item is other in one table, and all sums of that table with it."""
    items = [cell for cell in view.cells() if _is_item(view, cell)]
    random.shuffle(items)
    for cell in items:
        row = view.lines[cell.line]
        assert isinstance(row, Row)
        code, table = _code(view, cell.line), cell.table
        same = [each for each in view.cells() if each.table == table]
        total = next((each for each in same if each.line == cell.line), cell)
        columns = {cell.column, total.column}
        if cell.column == total.column:
            others = [each for each in same if each.line == cell.line and each is not cell]
            equal = [each for each in others if each.text == cell.text]
            if not equal:
                continue
            columns.add(equal[0].column)
        elsewhere = [
            n for n in range(len(view.lines)) if _code(view, n) == code and view.tables[n] != table
        ]
        if not elsewhere or len(columns) < 2:
            continue
        step = Decimal("11.11") * (10_000 if _number(cell.text) > 10**5 else 1)
        changes: Changes = {}
        for each in same:
            upper = _code(view, each.line)
            if each.column in columns and (
                (upper and code.startswith(upper)) or _is_total_row(view, each)
            ):
                line = changes.get(each.line, view.lines[each.line])
                assert isinstance(line, Row)
                changes[each.line] = _with_cell(
                    line, each.column, _like(_number(each.text) + step, each.text)
                )
        before = f"{_title(view, cell.line)}／{view.text(cell.line)}"
        return Fault("两张表同一科目金额不同", Group.TABLES, before, f"+{step}"), view.changed(
            changes
        )
    return None


def _coded_rows(view: View, length: int) -> list[int]:
    return [n for n in range(len(view.lines)) if len(_code(view, n)) == length and n in view.tables]


def _wrong_code(view: View, random: Random) -> Planted | None:
    rows = _coded_rows(view, 7)
    if not rows:
        return None
    at = random.choice(rows)
    row = view.lines[at]
    assert isinstance(row, Row)
    column = next(n for n, cell in enumerate(row.cells) if cell.isdigit())
    old = row.cells[column]
    new = str(int(old[:3]) + random.choice((1, 3, 5))) + old[3:]
    fault = Fault("科目编码写错，不在上级之下", Group.TABLES, view.text(at), new)
    return fault, view.changed({at: _with_cell(row, column, new)})


def _wrong_row_name(view: View, random: Random) -> Planted | None:
    rows = [*_coded_rows(view, 7), *_coded_rows(view, 5)]
    if not rows:
        return None
    at = random.choice(rows)
    row = view.lines[at]
    assert isinstance(row, Row)
    column = next(n for n, cell in enumerate(row.cells) if re.search("[一-鿿]", cell))
    new = wrong_name(row.cells[column], random)
    fault = Fault("科目名称错字、漏字", Group.TABLES, view.text(at), new)
    return fault, view.changed({at: _with_cell(row, column, new)})


def _lost_row(view: View, random: Random) -> Planted | None:
    rows = [at for at in _coded_rows(view, 7) if any(c.line == at for c in view.cells())]
    if not rows:
        return None
    at = random.choice(rows)
    fault = Fault("报表缺一行项级科目", Group.TABLES, _title(view, at) + view.text(at), "")
    return fault, view.changed({at: None})


# Sentences


def _replaced(
    name: str, group: Group, pattern: str, new: Callable[[re.Match[str], Random], str]
) -> tuple[str, Mutator]:
    """A fault that is other words for those that a pattern finds in the text."""

    def plant(view: View, random: Random) -> Planted | None:
        found = [
            (at, match) for at in view.sentences() for match in re.finditer(pattern, view.text(at))
        ]
        if not found:
            return None
        at, match = random.choice(found)
        line = view.lines[at]
        assert isinstance(line, Paragraph)
        words = new(match, random)
        if words == match[0]:
            return None
        text = line.text[: match.start()] + words + line.text[match.end() :]
        around = line.text[max(0, match.start() - 30) : match.end() + 30]
        return Fault(name, group, around, words), view.changed({at: replace(line, text=text)})

    return name, plant


_OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
_MONEY = r"(?P<n>\d[\d,]*(?:\.\d+)?)(?=万元)"


def _year_before(match: re.Match[str], _: Random) -> str:
    return match["a"] + str(int(match["y"]) + 1)


def _other_amount(match: re.Match[str], random: Random) -> str:
    """Another number: the difference is more than rounding explains."""
    text = match["n"]
    for _ in range(20):
        after = other_digit(text, random)
        if not within_rounding(text, after):
            break
    return match[0].replace(text, after, 1)


def _in_section(names: str, name: str) -> tuple[str, Mutator]:
    """An amount beside some words."""
    return _replaced(
        name, Group.AGAINST, rf"(?:{names})[^，。；、：]{{0,12}}?{_MONEY}", _other_amount
    )


def _first_amount(view: View, random: Random) -> Planted | None:
    """An amount of the text that stands in a table as well, with the thing beside it named."""
    known = {_number(cell.text) for cell in view.cells()}
    known |= {(value / 10_000).quantize(Decimal("0.01")) for value in known}
    found = [
        (at, match)
        for at in view.sentences()
        for match in re.finditer(_MONEY, view.text(at))
        if _number(match["n"]) in known and _number(match["n"])
    ]
    if not found:
        return None
    at, match = random.choice(found)
    line = view.lines[at]
    assert isinstance(line, Paragraph)
    words = _other_amount(match, random)
    text = line.text[: match.start()] + words + line.text[match.end() :]
    around = line.text[max(0, match.start() - 30) : match.end() + 10]
    fault = Fault("文字金额与报表不符", Group.AGAINST, around, words)
    return fault, view.changed({at: replace(line, text=text)})


# Wording


def _doubled_paragraph(view: View, random: Random) -> Planted | None:
    at = random.choice(view.sentences())
    line = view.lines[at]
    return Fault("整段重复", Group.WORDING, view.text(at), "两遍"), view.changed({at: [line, line]})


def _no_stop(view: View, random: Random) -> Planted | None:
    found = [at for at in view.sentences() if view.text(at).endswith("。")]
    if not found:
        return None
    at = random.choice(found)
    line = view.lines[at]
    assert isinstance(line, Paragraph)
    fault = Fault("段末缺句号", Group.WORDING, line.text[-30:], line.text[-10:-1])
    return fault, view.changed({at: replace(line, text=line.text[:-1])})


def _other_kind(view: View, random: Random) -> Planted | None:
    text = "".join(view.text(at) for at in view.sentences())
    own = "本部门" if text.count("本部门") >= text.count("本单位") else "本单位"
    other = "本单位" if own == "本部门" else "本部门"
    return _replaced("部门、单位写混", Group.WORDING, own, lambda *_: other)[1](view, random)


# The document


def _entry(view: View, random: Random) -> Planted | None:
    entries = [at for at in view.contents if len(_bare(view.text(at))) > 6]
    if not entries:
        return None
    at = random.choice(sorted(entries))
    line = view.lines[at]
    if not isinstance(line, Paragraph):
        return None
    place = random.choice([m.start() for m in re.finditer("[一-鿿]", line.text)][3:])
    new = line.text[:place] + line.text[place + 1 :]
    fault = Fault("目录与标题字句不同", Group.DOCUMENT, line.text, new)
    return fault, view.changed({at: replace(line, text=new)})


def _page_number(view: View, random: Random) -> Planted | None:
    pages = any(line.spot.kind == "页" for line in view.lines)
    entries = [at for at in view.contents if re.search(r"\D\d{1,3}$", view.text(at))]
    if not entries or not pages:
        return None
    at = random.choice(sorted(entries))
    line = view.lines[at]
    if not isinstance(line, Paragraph):
        return None
    new = re.sub(r"\d{1,3}$", lambda m: str(int(m[0]) + random.choice((1, 2, 3))), line.text)
    fault = Fault("目录页码错", Group.DOCUMENT, line.text[-40:], new[-12:])
    return fault, view.changed({at: replace(line, text=new)})


def _lost_table(view: View, random: Random) -> Planted | None:
    tables: dict[str, list[int]] = {}
    for at, _ in view.tables.items():
        title = _title(view, at)
        if at not in view.forms and re.search("(总表|支出.*表|经费.*表)", title):
            tables.setdefault(title, []).append(at)
    wanted = {t: rows for t, rows in tables.items() if not re.search("项目|机关运行|绩效", t)}
    if not wanted:
        return None
    title = random.choice(sorted(wanted))
    changes: Changes = dict.fromkeys(wanted[title])
    for at, line in enumerate(view.lines):
        if isinstance(line, Paragraph) and _bare_title(line.text) == _bare_title(title):
            changes[at] = None
        if at in view.contents and _bare_title(_bare(view.text(at))) == _bare_title(title):
            changes[at] = None
    return Fault("缺一张规定的报表", Group.DOCUMENT, title, ""), view.changed(changes)


def _bare_title(text: str) -> str:
    return re.sub(r"^(表[一二三四五六七八九十]+|\d{1,2}[.．])|\s", "", text)


def _lost_part(view: View, random: Random) -> Planted | None:
    names = [name for name in ("机构设置", "名词解释", "政府采购") if view.section(name)]
    if not names:
        return None
    name = random.choice(names)
    changes: Changes = dict.fromkeys(view.section(name))
    changes |= {at: None for at in view.contents if name in view.text(at)}
    if name == "政府采购":
        changes |= {at: None for at in view.sentences() if name in view.text(at)}
    return Fault("缺一部分规定的内容", Group.DOCUMENT, name, ""), view.changed(changes)


def _lost_items(view: View, _: Random) -> Planted | None:
    found = [
        at
        for at in _coded_rows(view, 7)
        if re.search("一般公共预算支出", _title(view, at)) and "基本" not in _title(view, at)
    ]
    if not found:
        return None
    changes: Changes = dict.fromkeys(found)
    return Fault("功能科目没有到项", Group.DOCUMENT, _title(view, found[0]), ""), view.changed(
        changes
    )


def _lost_note(view: View, random: Random) -> Planted | None:
    notes = [
        at
        for at, text in enumerate(view.texts())
        if re.match("注[:：]", text) and re.search("无数据|空表|没有", text)
    ]
    if not notes:
        return None
    at = random.choice(notes)
    return Fault("空表没有注", Group.DOCUMENT, _title(view, at), ""), view.changed({at: None})


def _lost_term(view: View, random: Random) -> Planted | None:
    terms = ("机关运行经费", "“三公”经费", "基本支出", "项目支出")
    found = [
        (at, term)
        for at in sorted(view.section("名词解释"))
        for term in terms
        if re.match(rf"\W*[一二三四五六七八九十\d]*\W*{term}(预算)?[：:是指]", view.text(at))
        and any(term in view.text(other) for other in view.sentences())
    ]
    if not found:
        return None
    at, term = random.choice(found)
    return Fault("名词解释缺一个", Group.DOCUMENT, term, ""), view.changed({at: None})


def _grouped(
    group: Group, mutators: Sequence[tuple[str, Mutator]]
) -> Iterator[tuple[str, Mutator]]:
    for name, plant in mutators:
        GROUPS[name] = group
        yield name, plant


GROUPS: dict[str, Group] = {}
MUTATORS: dict[str, Mutator] = {
    **dict(
        _grouped(
            Group.TABLES,
            (
                _cell("合计、总计行改一位", _is_total_row),
                _cell("类、款行改一位", _is_upper),
                _cell("项级行改一位", _is_item),
                _cell("“三公”经费表改一位", _is_official),
                _cell("其他金额格改一位", _is_other),
                ("同一行两格对调", _swapped),
                ("两张表同一科目金额不同", _consistent),
                ("科目编码写错，不在上级之下", _wrong_code),
                ("科目名称错字、漏字", _wrong_row_name),
                ("报表缺一行项级科目", _lost_row),
            ),
        )
    ),
    **dict(
        _grouped(
            Group.SENTENCES,
            (
                _replaced(
                    "增减率算错",
                    Group.SENTENCES,
                    r"(?:增长|下降|增加|减少)(?P<n>\d+(?:\.\d+)?)(?=[%％])",
                    _other_amount,
                ),
                _replaced(
                    "占比算错", Group.SENTENCES, r"占(?P<n>\d+(?:\.\d+)?)(?=[%％])", _other_amount
                ),
                _replaced(
                    "增减方向写反",
                    Group.SENTENCES,
                    r"(?<=[年数算])(增加|减少)(?=\d)|(?<=万元[，,])(增长|下降)(?=\d)",
                    lambda m, _: _OPPOSITE[m[0]],
                ),
                _replaced(
                    "有增减写成持平",
                    Group.SENTENCES,
                    r"比(上年|\d{4}年(预算)?)(增加|减少)\d[\d,.]*万元(?:[，,](增长|下降)[\d.]+[%％])?",
                    lambda m, _: f"与{m[1]}持平",
                ),
                _replaced(
                    "增减额写错",
                    Group.SENTENCES,
                    rf"(?:增加|减少){_MONEY}(?=万元[，,](?:增长|下降))",
                    _other_amount,
                ),
                _replaced(
                    "分项之和不等于总数",
                    Group.SENTENCES,
                    rf"(?<=[，、；：])(?:[^，。；、：\d]{{2,14}}){_MONEY}(?=万元[，、；。])",
                    _other_amount,
                ),
                _replaced(
                    "比较的年份写错",
                    Group.SENTENCES,
                    r"(?P<a>[比与])(?P<y>20\d\d)(?=年)",
                    _year_before,
                ),
                _replaced(
                    "“三公”分项与合计不符",
                    Group.SENTENCES,
                    rf"(?:因公出国（境）费|公务接待费|公务用车购置费|公务用车运行(?:维护)?费){_MONEY}",
                    _other_amount,
                ),
            ),
        )
    ),
    **dict(
        _grouped(
            Group.AGAINST,
            (
                ("文字金额与报表不符", _first_amount),
                _in_section("收入总计|支出总计|收入预算|支出预算", "文字总数与报表不符"),
                _in_section("机关运行经费[^，。；]{0,10}", "机关运行经费与报表不符"),
                _in_section("“三公”经费预算(?:数为)?", "“三公”总数与报表不符"),
            ),
        )
    ),
    **dict(
        _grouped(
            Group.WORDING,
            (
                _replaced(
                    "原因空着", Group.WORDING, r"(?<=主要原因是)[^。；]+(?=[。；])", lambda *_: ""
                ),
                _replaced(
                    "选择没有删去",
                    Group.WORDING,
                    r"(增加|减少)(?=\d)",
                    lambda m, _: f"{m[0]}（{_OPPOSITE[m[0]]}）",
                ),
                _replaced("留有占位符", Group.WORDING, rf"{_MONEY}", lambda *_: "XX"),
                ("部门、单位写混", _other_kind),
                _replaced(
                    "旧科目名称", Group.WORDING, "卫生健康支出", lambda *_: "医疗卫生与计划生育支出"
                ),
                _replaced("句号重复", Group.WORDING, "。", lambda *_: "。。"),
                ("段末缺句号", _no_stop),
                _replaced("引号不成对", Group.WORDING, "”", lambda *_: ""),
                _replaced("括号不成对", Group.WORDING, "）", lambda *_: ""),
                _replaced("叠字叠词", Group.WORDING, "预算|安排|项目", lambda m, _: m[0] * 2),
                ("整段重复", _doubled_paragraph),
            ),
        )
    ),
    **dict(
        _grouped(
            Group.DOCUMENT,
            (
                ("目录与标题字句不同", _entry),
                ("目录页码错", _page_number),
                ("缺一张规定的报表", _lost_table),
                ("缺一部分规定的内容", _lost_part),
                ("功能科目没有到项", _lost_items),
                ("空表没有注", _lost_note),
                ("名词解释缺一个", _lost_term),
            ),
        )
    ),
}
"""How each kind of fault is planted, by its name in the tables of docs/check-rates.md."""
