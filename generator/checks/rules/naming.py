"""Rule 43: one name, one year, and the words of one kind of publisher throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.checks.rule import Check, Outcome, Passed, Rule, merged_findings
from generator.checks.text.texts import passage_text, told_or_noise
from generator.compute.statements.head import statement_head
from generator.core.dates import date_expression
from generator.core.findings import Finding
from generator.core.likeness import likeness
from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.words.numbering import PART_OR_SECTION
from generator.drafts.words.text import folded
from generator.drafts.words.units import table_line
from generator.model.change_words import ChangeWords, any_of
from generator.pack.outline import Role
from generator.pack.pack import Pack
from generator.reading.document import Passage, ReadDocument

CONSTANT = Rule(
    "E743",
    "名称、年度或部门单位用语前后不一",
    "部门的公开文本不自称“本单位”，单位的不自称“本部门”，封面、标题、表上方的“部门名称”“单位名称”也随之；"
    "封面、表上方和各段开头的名称一字不差；封面、表名、表头、标题和各段开头的年度都是预算年度，"
    "“比某年”的某年是上一年度。《》里和原因里的年度不在此列。",
    "多半是照搬上年或别的单位的文本没有改净，公众会怀疑整份文件。",
    "统一改成本文件的名称、年度和用语；封面、表上方、正文各处一并核对",
    "预算公开审核惯例",
)
RULES = (CONSTANT,)

_COVER = "封面"
_COVER_LABEL = late_pattern(r"^[^：:]{2,10}[：:]")
"""What may stand before the name: 预算主管部门：."""


@memo(16)
def _year_and_name(date: str) -> re.Pattern[str]:
    """The name that follows the year, or the day of the assets, at the beginning of a sentence."""
    day = date_expression(date).removeprefix(r"(?<!\d)")
    return late_pattern(
        rf"(?:20\d\d年度?|截至(?:20\d\d年\d+月\d+日|{day})[，,])(?!度)(?P<name>[^，。；：,\d]{{3,40}}?)"
        r"(?:一般公共预算|财政拨款|政府采购|支出预算|预算收入|预算支出|纳入绩效|共有公务用车|使用的办公|占有使用)"
    )


_NEAR = 0.6
_TITLE_YEAR = late_pattern(r"[（(]?(?P<year>20\d\d)[）)]?年(?!\d|\d*月)")
_CHAPTER = late_pattern(rf"(?:{PART_OR_SECTION}\s*)?")


@memo(16)
def _prior_year(words: ChangeWords) -> re.Pattern[str]:
    """The year that an amount is compared with."""
    own = any_of((*words.more, *words.less, *words.rises, *words.falls))
    same = any_of(words.same)
    return late_pattern(
        r"(?:比|较|与|同)(?P<year>20\d\d)年(?:度)?(?:预算数?)?"
        rf"(?=相比|持平|相同|增|减|上升|下降|降低|预算|(?:{own})了?\d|{same})"
    )


_QUOTED = late_pattern(r"《[^》]*》")


def _kind_words(document: ReadDocument, pack: Pack) -> Iterator[Finding]:
    # where the publisher speaks of itself; duties and letters quote the words of others
    own = {_COVER, *document.outline.explanation, *document.tables}
    for passage in document.passages:
        if not (passage.heading or passage.section in own):
            continue
        for expression in pack.phrases.foreign.get(document.kind, ()) if document.kind else ():
            match = re.search(expression, passage.text)
            if match:
                message = f"{document.kind}预算公开里写了“{match[0]}”"
                yield passage_text(document, passage).finding(CONSTANT, message, match[0])


def _names(document: ReadDocument) -> Iterator[Finding]:
    for passage in document.passages:
        found = _name_in(passage, document)
        if found and found != document.name:
            message = f"名称写作“{found}”，别处是“{document.name}”"
            yield passage_text(document, passage).finding(CONSTANT, message, found)


def _name_in(passage: Passage, document: ReadDocument) -> str:
    """The name that a passage gives the publisher; of a sentence only one that is nearly it."""
    name = document.name
    if passage.section in document.tables:
        return table_line(passage.text).name
    if passage.section == _COVER:
        bare = _on_cover(passage)
        if not _is_near(bare, name) or re.search(r"\d{4}年", bare):
            return ""
        return name if _wraps(passage, document) else bare
    explained = passage.section in document.outline.explanation
    match = _year_and_name(document.style.date).match(passage.text) if explained else None
    return match["name"] if match and _is_near(match["name"], name) else ""


def _on_cover(passage: Passage) -> str:
    """What a line of the cover says after its label, without spaces."""
    return _COVER_LABEL.sub("", re.sub(r"\s", "", passage.text))


def _wraps(passage: Passage, document: ReadDocument) -> bool:
    """Whether a line of the cover is a half of the name, and the line beside it the other one."""
    cover = [each for each in document.passages if each.section == _COVER]
    halves = [pair for pair in pairwise(cover) if passage in pair]
    return any(_on_cover(one) + _on_cover(other) == document.name for one, other in halves)


def _is_near(found: str, name: str) -> bool:
    return likeness(found, name) >= _NEAR and not found.startswith(name)


def _years(document: ReadDocument) -> Iterator[Finding]:
    for passage in document.passages:
        if not _is_dated(passage, document):
            continue
        for match, expected in _stated_years(passage, document):
            if int(match["year"]) != expected:
                message = f"写的是{match[0]}，应为{expected}年（预算年度{document.year}年）"
                yield passage_text(document, passage).finding(CONSTANT, message, match[0])


def _stated_years(passage: Passage, document: ReadDocument) -> Iterator[tuple[re.Match[str], int]]:
    """The years that must be the budget year or the one before it, each with what it must be."""
    text = _QUOTED.sub(lambda quoted: "〇" * len(quoted[0]), passage.text.strip())
    opening = _TITLE_YEAR.match(text, _CHAPTER.match(text).end())  # type: ignore[union-attr]
    if opening and _speaks_of_publisher(passage, text[opening.end() :], document):
        yield opening, document.year
    for prior in _prior_year(document.style.words).finditer(text):
        yield prior, document.year - 1


def _speaks_of_publisher(passage: Passage, rest: str, document: ReadDocument) -> bool:
    """Whether a year opens a title, or a sentence about the publisher's budget, not history."""
    running = passage.section in document.outline.explanation and not passage.heading
    return not running or rest.removeprefix("度").startswith((document.name, "编报"))


def _years_of_heads(document: ReadDocument, pack: Pack) -> Iterator[Finding]:
    """The years in the heads of statements, where the pack's head has the budget year."""
    for statement in pack.statements:
        table = document.tables.get(statement.number)
        titles = {cell.text for row in statement_head(statement, str) for cell in row}
        dated = [_dated(title) for title in titles if "{年度}" in title]
        for row in table.heads if table else ():
            for cell in filter(None, row.cells):
                match = next(filter(None, (each.fullmatch(folded(cell)) for each in dated)), None)
                if match and int(match["year"]) != document.year:
                    yield CONSTANT.finding(
                        f"{statement.number}表头写的是“{cell}”，应为{document.year}年",
                        row.place,
                        group=statement.number,
                        subjects=(statement.number,),
                        excerpt=cell,
                    )


def _dated(title: str) -> re.Pattern[str]:
    before, _, after = folded(title).partition("{年度}")
    return late_pattern(rf"{re.escape(before)}(?P<year>20\d\d){re.escape(after)}")


def _is_dated(passage: Passage, document: ReadDocument) -> bool:
    """Whether a passage speaks of the budget year: not assets, letters or terms."""
    outline = document.outline
    explained = {*outline.explanation} - {*outline.all_of(Role.ASSETS, Role.OTHER_NOTES)}
    sections = {_COVER, "绩效目标表", *document.tables, *explained}
    return passage.heading or passage.section in sections


def _check(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    found = [*_kind_words(document, pack), *_names(document)]
    if document.year:
        found += _years(document)
        found += _years_of_heads(document, pack)
    yield from (told_or_noise(document, finding) for finding in merged_findings(found))
    flawed = {finding.excerpt for finding in found}
    yield Passed(CONSTANT.code, len(document.passages) - len(flawed))


CHECKS: tuple[Check, ...] = (_check,)
