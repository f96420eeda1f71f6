"""Rules that need no known part: what format a document has, and what any content must say."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.asks import a_draft
from generator.checks.relations.balance import StatedAmount, unbalanced_table, unbalanced_text
from generator.checks.rule import Check, Outcome, Passed, Rule, Unchecked, quoted_part
from generator.core.findings import Finding, Location
from generator.drafts.parts.outline import OTHER
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

FORMAT = Rule(
    "E760",
    "不是模板包的格式",
    "文稿的报表和情况说明大半能按模板包认出。认不出的，需要知道报表和各节的规则都没有应用，"
    "只核对任何文本都要遵守的：用语、错漏、个人信息、收支是否相等。",
    "按别处的格式核对，会把每张表都说成缺少；没有核对的也不能算通过。",
    "只是文稿的一部分的，核对完整的文稿；是别处的格式的，用 --pack 指定那个地方的模板包，"
    "没有的按 docs/template-packs.md 做一个",
    "本项目约定",
)
BALANCE = Rule(
    "E761",
    "收入总计不等于支出总计",
    "没有认出的报表和文字里，同一行、同一段或同一张表的收入总计与支出总计相等；单位不同的折算后比较，"
    "允许四舍五入的尾差。",
    "收支不平说明漏列收入、漏列支出或总计写错。",
    "核对两个总计，改正写错的一个",
    "《预算法》第四条（预算由预算收入和预算支出组成）；预算公开审核惯例",
    asks=(a_draft,),
)
CONTENT = Rule(
    "N762",
    "没有认出的内容",
    "文稿里每一行都属于一个部分；模板包里没有的，算作其他内容，只应用任何文本都要遵守的规则，"
    "其余的列入无法核对。",
    "没有核对的内容不能算通过。",
    "人工核对这些内容",
    "本项目约定",
    asks=(a_draft,),
)
RULES = (FORMAT, BALANCE, CONTENT)

_OWN_PARTS = ("", "封面", "附件", OTHER)
"""Where a recognised document may state totals that no other rule knows."""


def _format(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """Whether the document follows the pack's format."""
    recognition = document.recognition
    if recognition is None or document.follows_pack:
        yield Passed(FORMAT.code)
        return
    first = next(iter(document.passages), None)
    yield FORMAT.finding(
        f"{recognition.verdict}：{recognition.found}",
        first.place if first else Location(document.file),
        group="全文",
        subjects=("格式",),
    )
    why = "没有认出大半，要认出报表和各节才能用的规则（勾稽、文字与报表等）都没有应用"
    yield Unchecked(FORMAT.code, "全文", why)


def _others(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """Says what was not recognised: how much, and where."""
    recognition = document.recognition
    if recognition is None:
        return
    if not recognition.other_lines:
        yield Passed(CONTENT.code)
        return
    why = (
        f"没有认出的 {recognition.other_lines} 行（其中表格 {recognition.other_tables} 张）"
        "只核对了用语、错漏、个人信息和收支是否相等"
    )
    yield from (
        Unchecked(CONTENT.code, title or "没有标题的部分", why)
        for title in recognition.other_titles
    )


def _balance(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """Income and expenditure in whatever was not recognised."""
    for passage in document.passages:
        if document.follows_pack and passage.section not in _OWN_PARTS:
            continue
        part = passage.group, passage.subject
        for income, expenditure in unbalanced_text(passage.text):
            yield _finding(income, expenditure, passage.place, part, passage.text)
    for table in document.other_tables:
        found = list(unbalanced_table([row.cells for row in table.rows]))
        part = OTHER, f"{OTHER}/{table.title}"
        for row, income, expenditure in found:
            words = " ".join(filter(None, table.rows[row].cells))
            yield _finding(income, expenditure, table.rows[row].place, part, words, table.title)
        if not found:
            yield Passed(BALANCE.code)


def _finding(
    income: StatedAmount,
    expenditure: StatedAmount,
    place: Location,
    part: tuple[str, str],
    words: str,
    title: str = "",
) -> Finding:
    group, subject = part
    where = f"“{title}”的" if title else ""
    return BALANCE.finding(
        f"{where}收入总计 {income.text} 与支出总计 {expenditure.text} 不相等",
        place,
        group=group,
        subjects=(subject,),
        excerpt=quoted_part(words),
    )


CHECKS: tuple[Check, ...] = (_format, _others, _balance)
ANYWHERE = CHECKS
