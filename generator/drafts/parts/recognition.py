"""Tells whether a draft follows a pack's format, and how much of it was recognised."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from msgspec import Struct

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Line
from generator.drafts.parts.other import reads_like_heading
from generator.drafts.parts.outline import DraftOutline
from generator.drafts.parts.signposts import heading_text
from generator.pack.pack import Pack

_KINDS = {
    "决算": late_pattern("决算(公开|报表|[^,。]{0,4}表|[^,。]{0,4}说明|单位构成|$)"),
    "预算": late_pattern("预算(公开|报表|[^,。]{0,4}表|[^,。]{0,4}说明|$)"),
}
"""What headings of final accounts and of budgets say."""
_MOST, _SOME = 1 / 2, 1 / 5
"""Shares of the parts of a format: enough whatever else there is, and enough with little else."""


class Recognition(Struct, frozen=True):
    """How much of a document a pack's format explains.

    Attributes:
        format: the format that it was read by, in words.
        statements, sections: how many of the pack's statements, and of the sections of 情况说明,
            were found, and how many there are.
        forms: how many project forms were found.
        other_lines, other_tables: how many lines were not recognised, rows of tables included,
            and how many tables they make up.
        other_titles: the headings above them.
        known: whether the document follows the format; parts of it may be missing.
        resembles: 预算 or 决算 where its headings say so.
    """

    format: str
    statements: tuple[int, int]
    sections: tuple[int, int]
    forms: int
    other_lines: int
    other_tables: int
    other_titles: tuple[str, ...]
    known: bool
    resembles: str = ""

    @property
    def found(self) -> str:
        """What was recognised, in words."""
        tables, sections = self.statements, self.sections
        forms = f"，绩效目标表 {self.forms} 张" if self.forms else ""
        of_tables = f"（表格 {self.other_tables} 张）" if self.other_tables else ""
        return (
            f"{tables[1]} 张表认出 {tables[0]} 张，情况说明 {sections[1]} 节认出 {sections[0]} 节"
            f"{forms}，其他内容 {self.other_lines} 行{of_tables}"
        )

    @property
    def verdict(self) -> str:
        """Why a document that is not known is not checked by the format, in words."""
        found = self.statements[0] + self.sections[0] + self.forms
        if found and not self.other_lines:
            return f"只认出{self.format}的一小部分"
        return "，".join(filter(None, (f"不是{self.format}的格式", self.suspicion)))

    @property
    def suspicion(self) -> str:
        """What a document of no known format seems to be."""
        return f"这像是{self.resembles}公开" if self.resembles else ""

    def __str__(self) -> str:
        """The first line of every report."""
        if self.known:
            return f"格式：{self.format}；{self.found}"
        return f"格式：未识别（{self.verdict}）；{self.found}"


def recognise(outline: DraftOutline, pack: Pack) -> Recognition:
    """How much of a draft is recognised that was split as a pack's documents are."""
    statements = {statement.number for statement in pack.statements}
    sections = set(pack.outline.explanation)
    found, read = statements & set(outline.statements), sections & set(outline.sections)
    own = {*statements, *sections, "整体绩效目标表", "绩效目标表"}
    filled = sum(bool(statement.rows) for statement in outline.statements.values())
    filled += sum(bool(outline.sections.get(name)) for name in sections)
    return Recognition(
        pack.format,
        (len(found), len(statements)),
        (len(read), len(sections)),
        len(outline.forms),
        sum(len(part.lines) for part in outline.other),
        sum(bool(part.rows) for part in outline.other),
        tuple(dict.fromkeys(part.title for part in outline.other)),
        _is_known(outline, own, filled / (len(statements) + len(sections))),
        _resembled(outline),
    )


def _is_known(outline: DraftOutline, own: AbstractSet[str], share: float) -> bool:
    """Whether most parts were found with their content, or some, and little else.

    Headings alone tell nothing, nor do cover, duties and glossary, which are alike everywhere;
    of a document with a few of the parts, nearly every rule would only say what is missing.
    Project forms are also published by themselves.

    Args:
        outline: the parts of the draft.
        own: the names of those that only this format has.
        share: of the statements and sections that the format has, those with content.
    """
    recognised = sum(len(lines) for name, lines in outline.parts() if name in own)
    other = sum(len(part.lines) for part in outline.other)
    some = share > _SOME or bool(outline.forms)
    return share > _MOST or (some and recognised > other)


def _resembled(outline: DraftOutline) -> str:
    """决算 or 预算, whichever the headings speak of more often."""
    titles = [
        text for line in _title_lines(outline) if reads_like_heading(text := heading_text(line))
    ]
    counts = {kind: sum(map(bool, map(words.search, titles))) for kind, words in _KINDS.items()}
    most = max(counts, key=counts.__getitem__)
    return most if counts[most] else ""


def _title_lines(outline: DraftOutline) -> Iterable[Line]:
    yield from outline.cover
    yield from outline.contents
    yield from outline.headings
    for part in outline.other:
        yield from part.above
