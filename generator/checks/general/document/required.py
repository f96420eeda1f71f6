"""What law and 财政部's rules require of every disclosure: tables, parts, explanations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.checks.general.document.contents import contents_and_body
from generator.checks.general.document.glossary import GLOSSARY_HEADING, glossary_of
from generator.checks.general.document.lines import PlainLine
from generator.checks.general.document.rules import EXPECTED, MISSING
from generator.checks.general.document.table_kinds import (
    MinistryTable,
    Titled,
    kind_of_title,
    may_be,
    otherwise_titled,
    titled_tables,
)
from generator.checks.rule import Check, Outcome, Passed, Rule, Unchecked
from generator.checks.text.texts import told_or_noise
from generator.core.text.patterns import late_pattern
from generator.drafts.words.numbering import PART
from generator.drafts.words.text import folded
from generator.model.disclosure import EntityKind
from generator.pack.outline import Role
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

_CAPITAL_FROM = 2021
"""国有资本经营预算支出表 is one of the nine tables since the budgets of 2021."""
_MOST_NAMED = 3
_FEWEST_TABLES = 5
"""So many of the tables make a document a disclosure, not a piece of one."""
_BY_PRACTICE = frozenset({MinistryTable.CAPITAL})

_PART = late_pattern(PART)


class Topic(Struct, frozen=True):
    """A part or an explanation; ``words`` is how any text about it calls it.

    ``heading`` if it is known by its heading, or else by what any paragraph says of it: ``also``.
    """

    name: str
    words: re.Pattern[str]
    heading: bool = False
    certain: bool = True
    also: re.Pattern[str] | None = None
    role: Role | None = None
    """What a pack says its section is about, whatever the place calls it."""


TOPICS = (
    Topic("职责（职能）", late_pattern("职责|职能|职权|宗旨|业务范围"), heading=True),
    Topic(
        "机构设置",
        late_pattern("机构|单位构成|基本情况|概况"),
        heading=True,
        also=late_pattern("[内下]设"),
    ),
    Topic("名词解释", GLOSSARY_HEADING, heading=True),
    Topic(
        "机关运行经费的说明",
        late_pattern("机关运行经费|机关运转经费|公用经费"),
        role=Role.OPERATING_FUNDS,
    ),
    Topic("政府采购的说明", late_pattern("政府采购"), role=Role.PROCUREMENT),
    Topic(
        "国有资产占有使用的说明",
        late_pattern("国有资产|公务用车.{0,40}辆|车辆.{0,20}辆"),
        certain=False,
        role=Role.ASSETS,
    ),
    Topic("绩效目标的说明", late_pattern("绩效"), certain=False, role=Role.PERFORMANCE),
)


def is_whole(tables: Sequence[Titled]) -> bool:
    """Whether a document has so many of the tables that it must be a whole disclosure."""
    return len({table.kind for table in tables}) >= _FEWEST_TABLES


def _required(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    _entries, body = contents_and_body(document.blocks)
    tables = titled_tables(body)
    if not is_whole(tables):
        why = "看不出是完整的公开文本，缺哪些内容没有核对"
        yield Unchecked(MISSING.code, "全文", why)
        return
    known = document.follows_pack
    if not known:
        yield from _tables(document, tables, body)
    explained = {id(line) for line in glossary_of(body)[0][1:]}
    said = [line for line in body if id(line) not in explained]
    topics = [topic for topic in TOPICS if not (known and topic.heading)]
    if document.is_workbook and not any(map(_is_sentence, said)):
        why = "文件是工作簿，只有报表；职责、情况说明等文字部分看公开稿"
        yield from (Unchecked(rule.code, "全文", why) for rule in (MISSING, EXPECTED))
        return
    for topic in topics:
        by_role = known and topic.role is not None and any(document.about(topic.role))
        if by_role or any(_tells(topic, line) for line in said):
            yield Passed(MISSING.code if topic.certain else EXPECTED.code)
        elif document.unread_pages:
            yield Unchecked(MISSING.code, topic.name, "可能在读不出来的页上")
        else:
            of_unit = document.kind is EntityKind.UNIT and "机关" in topic.name
            rule = MISSING if topic.certain and not of_unit else EXPECTED
            yield _finding(document, rule, topic.name, "全文没有一处提到")


def _is_sentence(line: PlainLine) -> bool:
    """Whether a line is a sentence; a note below a table is none of an explanation."""
    return "。" in line.text and not line.text.lstrip().startswith(("注", "备注"))


def _tables(
    document: ReadDocument, tables: Sequence[Titled], body: Sequence[PlainLine]
) -> Iterator[Outcome]:
    found = {table.kind for table in tables}
    found |= {kind for line in body if (kind := _named_in(line)) is not None}
    due = [
        kind
        for kind in MinistryTable
        if kind is not MinistryTable.CAPITAL or _is_capital_due(document)
    ]
    missing = [kind for kind in due if kind not in found]
    odd = otherwise_titled(body)
    others = [line for line in odd if any(may_be(kind, line.text) for kind in missing)]
    for_each = 0 < len(missing) <= len(others)
    for kind in due:
        rule = EXPECTED if kind in _BY_PRACTICE else MISSING
        if kind in found:
            yield Passed(rule.code)
        elif for_each and (alike := [line for line in others if may_be(kind, line.text)]):
            titles = "、".join(f"“{line.text}”" for line in alike[:_MOST_NAMED])
            yield Unchecked(rule.code, kind, f"没有这个标题的表，可能是{titles}，须人工核对")
        elif document.unread_pages or document.unread:
            yield Unchecked(rule.code, kind, "可能在读不出来的页或图里")
        else:
            yield _finding(document, rule, kind, "全文没有这张表的标题")


def _is_capital_due(document: ReadDocument) -> bool:
    return not document.year or document.year >= _CAPITAL_FROM


def _named_in(line: PlainLine) -> MinistryTable | None:
    """The table that a line names though it is no usual title: one with its unit beside it."""
    head = re.split(r"\s{2,}|单位[:：]", line.text)[0]
    return kind_of_title(head) if len(head) < len(line.text) else None


def _tells(topic: Topic, line: PlainLine) -> bool:
    text = folded(line.text)
    if topic.also is not None and topic.also.search(text):
        return True
    if topic.heading:
        is_part = _PART.match(text) and topic.also is not None
        alone = line.may_be_heading and line.table < 0 and not is_part
        return bool(alone and topic.words.search(text))
    return line.table < 0 and bool(topic.words.search(text))


def _finding(document: ReadDocument, rule: Rule, name: str, why: str) -> Outcome:
    first = document.blocks[0].place if document.blocks else None
    finding = rule.finding(f"缺少{name}：{why}", first, group="全文", subjects=(name,))
    return told_or_noise(document, finding)


CHECKS: tuple[Check, ...] = (_required,)
