"""Figures of the year before against the document that was published then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checks.general.document.rules import COLUMN, DOCUMENT
from generator.checks.general.document.table_facts import (
    TableAmount,
    TableFact,
    facts_of,
    is_part,
    prior_facts_of,
)
from generator.checks.rule import Check, Outcome, Passed, Unchecked
from generator.checks.text.texts import told_or_noise
from generator.core.findings import Finding, Location
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument


def _prior(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    prior = document.prior
    if prior is None:
        return
    yield from _right_document(document, prior)
    year = document.year or (prior.year + 1 if prior.year else 0)
    published = facts_of(prior)
    stated = prior_facts_of(document, year)
    if not published:
        yield Unchecked(COLUMN.code, "上年文件", "上年文件里没有读懂的表")
        return
    if not stated:
        yield Unchecked(COLUMN.code, "上年数", "各表没有上年预算数的栏")
        return
    wrong: list[tuple[TableAmount, TableAmount]] = []
    for each in stated:
        before = _published(each.fact, published)
        if before is None:
            if each.money.value:
                why = f"{each.words}的上年数 {each.money.words}，上年文件里没有这一行"
                yield Unchecked(COLUMN.code, each.fact.kind, why)
        elif before.money.may_equal(each.money):
            yield Passed(COLUMN.code)
        else:
            wrong.append((each, before))
    for each, before in wrong:
        if not any(_is_cause(pair, (each, before)) for pair in wrong):
            yield told_or_noise(document, _finding(each, before))


def _is_cause(
    pair: tuple[TableAmount, TableAmount], other: tuple[TableAmount, TableAmount]
) -> bool:
    """Whether a wrong amount is a part of another that is wrong by as much."""
    gaps = {each.money.value - before.money.value for each, before in (pair, other)}
    return len(gaps) == 1 and is_part(pair[0].fact, other[0].fact)


def _finding(stated: TableAmount, before: TableAmount) -> Finding:
    return COLUMN.finding(
        f"{stated.words}的上年数写 {stated.money.words}，"
        f"上年公开的是 {before.money.words}（上年文件{before.place.spot}）",
        stated.place,
        group=stated.fact.kind,
        subjects=(f"上年数/{stated.fact.kind}/{stated.fact.subject}",),
        excerpt=stated.money.text,
    )


def _published(fact: TableFact, published: Mapping[TableFact, TableAmount]) -> TableAmount | None:
    if fact in published:
        return published[fact]
    alike = [
        each
        for each in published.values()
        if (each.fact.kind, each.fact.subject) == (fact.kind, fact.subject)
    ]
    return alike[0] if len(alike) == 1 else None


def _right_document(document: ReadDocument, prior: ReadDocument) -> Iterator[Outcome]:
    wrong = []
    if document.year and prior.year and prior.year != document.year - 1:
        wrong.append(f"是 {prior.year} 年度的，应是 {document.year - 1} 年度的")
    if document.name and prior.name and prior.name != document.name:
        wrong.append(f"是“{prior.name}”的，本文件是“{document.name}”的")
    if not wrong:
        yield Passed(DOCUMENT.code)
        return
    yield DOCUMENT.finding(
        f"给出的上年文件{'，'.join(wrong)}",
        Location(prior.file),
        group="上年文件",
        subjects=("上年文件",),
    )


CHECKS: tuple[Check, ...] = (_prior,)
