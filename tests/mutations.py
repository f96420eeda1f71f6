"""Plants one mistake in a clean document: what a clerk's slip, or a bad edit, would leave there.

The document is the tree that every format is printed from. It is changed before printing, so a
mistake in a DOCX, a PDF or an HTML file is the same one, and the check has nothing but the file.
Mistakes in data are in :mod:`tests.mutations_data`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from random import Random

from generator.compose.document.tree import Element, HtmlDocument, text_of
from generator.model.disclosure import Disclosure

ROUNDING = "差额在四舍五入的允许范围内"
NO_REFERENCE = "没有可以比对的内容"
_LARGEST_ROUNDING = Decimal("0.05")  # 万元; a sum of nine printed addends may be as far off
_CHINESE = re.compile("[\u4e00-\u9fff]")
_OPPOSITES = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
_PLACEHOLDERS = ("XX", "待填写", "（此处填写）")
HOLLOW = ("根据实际支出", "项目调整", "工作需要")
REVIEW_MARK = "仅供内部审核"
_UNVERIFIABLE_FIGURES = (
    "国有资产/办公用房建筑面积",
    "国有资产/50万元以上通用设备",
    "国有资产/100万元以上通用设备",
    "国有资产/公务用车编制数",
)
_FREE_PARTS = ("职责", "机构设置", "名词解释", "附件", "情况说明 十二")


class Kind(StrEnum):
    """What kind of mistake."""

    CELL = "报表数字改一位"
    FIGURE = "文字中的数字改一位"
    FORM_AMOUNT = "绩效目标表金额改一位"
    VALUE = "绩效指标值改一位"
    SWAP = "两个数对调"
    DIRECTION = "增减方向写反"
    YEAR = "年度写错"
    NAME = "名称漏字、错字"
    DELETED = "整段文字缺失"
    DOUBLED = "整段文字重复"
    NO_REASON = "变动原因空白"
    HOLLOW = "变动原因空泛"
    PLACEHOLDER = "留有占位文字"
    SLIP = "标点、叠字差错"
    ROW = "报表缺一行"
    TABLE = "缺一张报表"
    FORM = "缺一张绩效目标表"
    PERSONAL = "含个人号码"
    MARK = "留有审核标记"


@dataclass(frozen=True)
class Mutation:
    """One mistake.

    Attributes:
        parts: how findings may name the part of the document that was changed.
        beyond: why no check can find it from the document alone; empty where one can.
    """

    kind: Kind
    parts: tuple[str, ...]
    before: str
    after: str
    beyond: str = ""

    def __str__(self) -> str:
        return f"{self.kind}｜{self.parts[0]}｜{self.before[:60]} → {self.after[:60]}"


class Role(StrEnum):
    """What a piece of text is in the document."""

    CELL = "cell"
    ROW_NAME = "row name"
    HEAD = "table head"
    LINE = "line around a table"
    TITLE = "title or heading"
    CONTENTS = "line of the contents"
    SENTENCE = "words of a sentence"
    FIGURE = "figure in a sentence"
    FORM_AMOUNT = "amount in a form"
    FORM_VALUE = "value of an indicator"
    FORM_TEXT = "words in a form"


@dataclass(frozen=True)
class Spot:
    """A piece of text: what an element begins with, or what follows it."""

    element: Element
    after: bool
    role: Role
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words there."""
        return (self.element.tail if self.after else self.element.text) or ""

    def write(self, words: str) -> None:
        """Puts other words there."""
        if self.after:
            self.element.tail = words
        else:
            self.element.text = words


class Page:
    """A copy of a document, to be changed."""

    def __init__(self, document: HtmlDocument, disclosure: Disclosure) -> None:
        self.document = HtmlDocument(deepcopy(document.root), document.toc)
        self.disclosure = disclosure

    @cached_property
    def spots(self) -> list[Spot]:
        """Every piece of text with words in it."""
        return [spot for part, block in self.blocks for spot in _spots(block, part) if spot.text]

    @cached_property
    def blocks(self) -> list[tuple[tuple[str, ...], Element]]:
        """Headings, paragraphs and tables in order, with the part each belongs to."""
        return list(_blocks(self.document.body))

    def of(self, *roles: Role) -> list[Spot]:
        """The pieces of text of some roles."""
        return [spot for spot in self.spots if spot.role in roles]

    @cached_property
    def names(self) -> list[str]:
        """The names of the publisher, its units and projects, the longest first."""
        projects = [entry.project.name for entry in self.disclosure.keyed_projects()]
        entity = self.disclosure.entity
        return sorted({entity.name, *entity.subordinate_units, *projects}, key=len, reverse=True)


def _blocks(body: Element) -> Iterator[tuple[tuple[str, ...], Element]]:
    part: tuple[str, ...] = ("封面",)
    chapter = ""
    forms = 0
    for element in body.iter("nav", "h1", "h2", "h3", "h4", "p", "table"):
        if element.tag == "nav":
            part = ("目录",)
        elif element.tag == "h1":
            chapter = text_of(element)
            part = ("名词解释",) if "第四部分" in chapter else (chapter,)
        elif element.tag == "h2" and element.get("class") == "statement":
            part = (element.get("data-toc-text", "").split("2")[0],)
        elif element.tag == "h2" and "form" in element.get("class", ""):
            name = element.get("data-bookmark", "")
            is_project = element.get("id", "").startswith("form")
            forms += is_project
            part = (f"绩效目标表 {forms}", name) if is_project else (name, "整体绩效目标表")
        elif element.tag == "h2":
            part = _explained(chapter, text_of(element))
        elif element.get("class") == "letter-title":
            part = ("附件",)
        yield part, element


def _explained(chapter: str, heading: str) -> tuple[str, ...]:
    number = heading.split("、", maxsplit=1)[0]
    if "第一部分" in chapter:
        return ("职责" if number == "一" else "机构设置",)
    return (f"情况说明 {number}",)


def _spots(block: Element, parts: tuple[str, ...]) -> Iterator[Spot]:
    if block.tag == "table":
        is_form = block.get("class") == "form"
        for cell in block.iter("td", "th"):
            role = _form_role(cell) if is_form else _statement_role(cell)
            data = cell.find("data")
            if role is not None:
                yield Spot(cell if data is None else data, after=False, role=role, parts=parts)
    elif block.tag == "p":
        in_contents = parts == ("目录",)
        outside = block.get("class") in ("meta", "label", "form-year", "note") or parts == ("封面",)
        role = Role.CONTENTS if in_contents else Role.LINE if outside else Role.SENTENCE
        yield Spot(block, after=False, role=role, parts=parts)
        for child in block:
            figure = Role.FIGURE if child.tag == "data" else role
            yield Spot(child, after=False, role=figure, parts=parts)
            yield Spot(child, after=True, role=role, parts=parts)
    elif block.tag != "nav":
        yield Spot(block, after=False, role=Role.TITLE, parts=parts)


def _statement_role(cell: Element) -> Role:
    if cell.tag == "th":
        return Role.HEAD
    return Role.CELL if "amount" in cell.get("class", "") else Role.ROW_NAME


def _form_role(cell: Element) -> Role | None:
    kind = cell.get("class", "")
    if "amount" in kind:
        return Role.FORM_AMOUNT
    if "field" in kind or cell.tag == "th":
        return None
    return Role.FORM_VALUE if "center" in kind else Role.FORM_TEXT


Mutator = Callable[[Page, Random], Mutation | None]


def _replace(kind: Kind, spot: Spot, words: str, beyond: str = "") -> Mutation:
    before = _surroundings(spot)
    spot.write(words)
    return Mutation(kind, spot.parts, before, _surroundings(spot), beyond)


def _surroundings(spot: Spot) -> str:
    """The piece of text with what stands before it in a sentence."""
    lead = spot.element.getparent() if spot.role is Role.FIGURE else None
    previous = spot.element.getprevious()
    words = "" if lead is None else ((lead.text if previous is None else previous.tail) or "")
    return words[-12:] + spot.text


def other_digit(text: str, random: Random) -> str:
    """The text with one digit changed; a leading digit does not become 0."""
    places = [match.start() for match in re.finditer(r"\d", text)]
    place = random.choice(places)
    leading = place == places[0] and len(places) > 1
    digit = random.choice([d for d in "0123456789"[leading:] if d != text[place]])
    return text[:place] + digit + text[place + 1 :]


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "") or "0")


def within_rounding(before: str, after: str) -> str:
    """Why the difference of two printed amounts cannot be told from rounding, or nothing."""
    return ROUNDING if abs(_number(before) - _number(after)) <= _LARGEST_ROUNDING else ""


def _cell(page: Page, random: Random) -> Mutation:
    spot = random.choice(page.of(Role.CELL))
    after = other_digit(spot.text, random)
    return _replace(Kind.CELL, spot, after, within_rounding(spot.text, after))


def _figure(page: Page, random: Random) -> Mutation:
    spot = random.choice(page.of(Role.FIGURE))
    unknown = spot.element.get("data-figure", "") in _UNVERIFIABLE_FIGURES
    after = other_digit(spot.text, random)
    return _replace(Kind.FIGURE, spot, after, NO_REFERENCE if unknown else "")


def _form_amount(page: Page, random: Random) -> Mutation | None:
    spots = [s for s in page.of(Role.FORM_AMOUNT) if s.text != "0" and "绩效" in s.parts[0]]
    if not spots:
        return None
    spot = random.choice(spots)
    return _replace(Kind.FORM_AMOUNT, spot, other_digit(spot.text, random))


def _value(page: Page, random: Random) -> Mutation | None:
    spots = [s for s in page.of(Role.FORM_VALUE) if re.search(r"\d", s.text)]
    if not spots:
        return None
    spot = random.choice(spots)
    single = "绩效目标表 " not in spot.parts[0]  # the overall form states each value once
    beyond = NO_REFERENCE if single else ""
    return _replace(Kind.VALUE, spot, other_digit(spot.text, random), beyond)


def _swap(page: Page, random: Random) -> Mutation:
    rows: dict[Element, list[Spot]] = {}
    for spot in page.of(Role.CELL):
        row = next(spot.element.iterancestors("tr"))
        rows.setdefault(row, []).append(spot)
    rows = {row: found for row, found in rows.items() if len({s.text for s in found}) > 1}
    found = random.choice(list(rows.values()))
    one = random.choice(found)
    other = random.choice([spot for spot in found if spot.text != one.text])
    before, after = f"{one.text}、{other.text}", f"{other.text}、{one.text}"
    beyond = within_rounding(one.text, other.text)
    first, second = one.text, other.text
    one.write(second)
    other.write(first)
    return Mutation(Kind.SWAP, one.parts, before, after, beyond)


def _direction(page: Page, random: Random) -> Mutation | None:
    found = [
        (spot, match)
        for spot in page.of(Role.SENTENCE)
        if spot.parts[0].startswith("情况说明")
        for match in re.finditer("|".join(_OPPOSITES), spot.text)
    ]
    if not found:
        return None
    spot, match = random.choice(found)
    opposite = _OPPOSITES[match[0]]
    words = spot.text[: match.start()] + opposite + spot.text[match.end() :]
    return _replace(Kind.DIRECTION, spot, words)


def _year(page: Page, random: Random) -> Mutation:
    year = page.disclosure.entity.year
    pattern = re.compile(f"{year}|{year - 1}")
    by_role: dict[Role, list[Spot]] = {}
    for spot in page.spots:
        if pattern.search(spot.text):
            by_role.setdefault(spot.role, []).append(spot)
    spot = random.choice(by_role[random.choice(list(by_role))])
    match = random.choice(list(pattern.finditer(spot.text)))
    words = f"{spot.text[: match.start()]}{year - 2}{spot.text[match.end() :]}"
    cited = spot.text[: match.start()].endswith("〔")  # the number of an earlier document
    return _replace(Kind.YEAR, spot, words, NO_REFERENCE if cited else "")


def wrong_name(name: str, random: Random) -> str:
    """A name with one character dropped or another one in its place."""
    place = random.choice([match.start() for match in _CHINESE.finditer(name)])
    other = random.choice(["", random.choice([c for c in "新东南合" if c != name[place]])])
    return name[:place] + other + name[place + 1 :]


def _name(page: Page, random: Random) -> Mutation:
    found = []
    for spot in page.spots:
        names = [name for name in page.names if name in spot.text]
        if names:
            found.append((spot, names[0]))
        elif spot.role is Role.ROW_NAME and len(_CHINESE.findall(spot.text)) > 2:
            label = re.sub("^[一二三四五六七八九十]+、", "", spot.text)
            found.append((spot, label))
    by_role: dict[Role, list[tuple[Spot, str]]] = {}
    for spot, name in found:
        by_role.setdefault(spot.role, []).append((spot, name))
    spot, name = random.choice(by_role[random.choice(list(by_role))])
    return _replace(Kind.NAME, spot, spot.text.replace(name, wrong_name(name, random), 1))


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _paragraphs(page: Page) -> list[tuple[tuple[str, ...], Element]]:
    return [
        (parts, block)
        for parts, block in page.blocks
        if block.tag == "p"
        and not block.get("class")
        and parts not in (("封面",), ("目录",))
        and text_of(block)
    ]


def _deleted(page: Page, random: Random) -> Mutation:
    parts, block = random.choice(_paragraphs(page))
    _remove(block)
    beyond = NO_REFERENCE if parts[0] in _FREE_PARTS else ""
    return Mutation(Kind.DELETED, parts, text_of(block), "", beyond)


def _doubled(page: Page, random: Random) -> Mutation:
    parts, block = random.choice(_paragraphs(page))
    block.addnext(deepcopy(block))
    return Mutation(Kind.DOUBLED, parts, text_of(block), text_of(block) * 2)


def _reasons(page: Page) -> list[tuple[Spot, str]]:
    reasons = [text for _, text in page.disclosure.reasons.items() if text]
    return [
        (spot, reason)
        for spot in page.of(Role.SENTENCE)
        for reason in reasons
        if f"原因是{reason}" in spot.text
    ]


def _no_reason(page: Page, random: Random) -> Mutation:
    spot, reason = random.choice(_reasons(page))
    return _replace(Kind.NO_REASON, spot, spot.text.replace(reason, "", 1))


def _hollow(page: Page, random: Random) -> Mutation:
    spot, reason = random.choice(_reasons(page))
    return _replace(Kind.HOLLOW, spot, spot.text.replace(reason, random.choice(HOLLOW), 1))


def _placeholder(page: Page, random: Random) -> Mutation:
    roles = random.choice([(Role.FIGURE,), (Role.FORM_TEXT,), (Role.SENTENCE,)])
    spots = [s for s in page.of(*roles) if s.role is Role.FIGURE or len(s.text) > 8]
    spot = random.choice(spots or page.of(Role.FIGURE))
    word = random.choice(_PLACEHOLDERS)
    words = word if spot.role is Role.FIGURE else with_word(spot.text, word, random)
    return _replace(Kind.PLACEHOLDER, spot, words)


def with_word(text: str, word: str, random: Random) -> str:
    """A text with a word put in after a punctuation mark, or at its end."""
    places = [match.end() for match in re.finditer("[，；：。]", text)] or [len(text)]
    place = random.choice(places)
    return text[:place] + word + text[place:]


def _slip(page: Page, random: Random) -> Mutation:
    slips = {"。": "。；", "；": "；；", "，": "，，", "的": "的的", "%": "%%", "预算": "预算预算"}
    spots = [
        (spot, good)
        for spot in page.of(Role.SENTENCE, Role.FORM_TEXT)
        for good in slips
        if good in spot.text
    ]
    spot, good = random.choice(spots)
    return _replace(Kind.SLIP, spot, spot.text.replace(good, slips[good], 1))


def _row(page: Page, random: Random) -> Mutation:
    rows = [
        (parts, row)
        for parts, block in page.blocks
        if block.get("class") == "statement" and block.tag == "table"
        for row in block.findall("tbody/tr")
        if block.find("tbody//td[@rowspan]") is None and text_of(row)
    ]
    parts, row = random.choice(rows)
    _remove(row)
    return Mutation(Kind.ROW, parts, " ".join(map(text_of, row)), "")


def _table(page: Page, random: Random) -> Mutation:
    sections = page.document.body.findall("section")
    tables = [s for s in sections if "statement" in s.get("class", "").split()][1:]
    section = random.choice(tables)
    title = section.findall("h2")[0].get("data-toc-text", "")
    _take_out(page, section)
    return Mutation(Kind.TABLE, (title.split("2")[0],), title, "")


def _form(page: Page, random: Random) -> Mutation | None:
    sections = page.document.body.findall("section[@class]")
    headings = [(section, section.find("h2[@id]")) for section in sections]
    forms = [(s, h) for s, h in headings if h is not None and h.get("id", "")[:4] == "form"]
    if not forms:
        return None
    section, heading = random.choice(forms)
    name = heading.get("data-bookmark", "")
    _take_out(page, section)
    number = heading.get("id", "").removeprefix("form")
    return Mutation(Kind.FORM, (name, f"绩效目标表 {number}"), name, "")


def _take_out(page: Page, section: Element) -> None:
    """Removes a section; what linked to it stays as plain words."""
    gone = {f"#{element.get('id')}" for element in section.iter() if element.get("id")}
    _remove(section)
    for link in page.document.body.iter("a"):
        if link.get("href") in gone:
            del link.attrib["href"]


def personal_number(random: Random) -> str:
    """A made-up mobile number or ID-card number with a right check character."""
    if random.random() < 0.5:
        return f"139{random.randrange(10**8):08d}"
    digits = f"11010119900307{random.randrange(1000):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return digits + "10X98765432"[check]


def with_number(text: str, random: Random) -> str:
    """A text with somebody's number after it."""
    return f"{text}（联系电话{personal_number(random)}）"


def _personal(page: Page, random: Random) -> Mutation:
    spots = [s for s in page.of(Role.SENTENCE, Role.FORM_TEXT) if len(s.text) > 8]
    spot = random.choice(spots)
    return _replace(Kind.PERSONAL, spot, with_number(spot.text, random))


def _mark(page: Page, random: Random) -> Mutation:
    body = page.document.body
    if random.random() < 0.5:
        element = body.makeelement("div", {"class": "watermark"})
        body.insert(0, element)
    else:
        element = body.makeelement("p", {})
        body.findall("section")[0].append(element)
    element.text = REVIEW_MARK
    return Mutation(Kind.MARK, ("封面", "审核标记", REVIEW_MARK), "", REVIEW_MARK)


TREE_MUTATORS: dict[Kind, Mutator] = {
    Kind.CELL: _cell,
    Kind.FIGURE: _figure,
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
"""How each kind of mistake is planted in a document."""


def names_part(words: str, parts: Sequence[str]) -> bool:
    """Whether words name one of the parts: 表十 is not 表十一, 绩效目标表 1 not 绩效目标表 12."""
    return any(re.search(re.escape(part) + r"(?![一二三\d])", words) for part in parts)
