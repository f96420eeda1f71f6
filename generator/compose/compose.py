"""The one way through: data folder and pack in, the document computed and rendered out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.changes.explain import Explanation, Reason, explanations_of
from generator.changes.prior import add_prior_figures
from generator.changes.year import Year
from generator.compose.document.parse import parse_document
from generator.compose.document.render import render_document
from generator.compose.document.tree import HtmlDocument
from generator.compose.narrative.context import Narrative
from generator.compose.narrative.facts import facts, sum_of
from generator.compose.review.explanations import lacking_reasons, review
from generator.compose.review.readiness import readiness
from generator.compose.review.typed_in_wan import typed_in_wan
from generator.compose.review.unsaid import unsaid_findings
from generator.compute.ledger.entries import Book, Ledger
from generator.compute.ledger.posting import post
from generator.compute.statements.definition import StatementDefinition
from generator.compute.statements.evaluate import condition
from generator.compute.statements.evaluated import evaluate_all
from generator.compute.statements.table import Statement
from generator.core.figures import Figure, FigureBook, FigureClashError, UnknownFigureError
from generator.core.files.write import file_name
from generator.core.findings import Finding, Location, UnusableInputError, has_errors
from generator.core.memo import Same, memo
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import (
    EntityFiles,
    LoadedDisclosure,
    load_files,
    load_tree,
    read_entity,
)
from generator.load.yaml.tree import tree_of
from generator.model.budget import ExpenditureAmounts
from generator.model.disclosure import Disclosure
from generator.pack.pack import Pack

DRAFT_MARK = "（送审稿）"
"""What the file names of a draft end in."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A disclosure computed and rendered, not yet printed."""

    loaded: LoadedDisclosure
    ledger: Ledger
    figures: FigureBook
    statements: dict[str, Statement]
    summary: dict[str, Figure]
    explanations: dict[str, Explanation]
    document: HtmlDocument
    findings: tuple[Finding, ...]
    draft: bool = False
    written: bytes = b""
    """A digest of the document as the templates wrote it."""

    @property
    def disclosure(self) -> Disclosure:
        """What the finance office stated."""
        return self.loaded.disclosure

    @property
    def stem(self) -> str:
        """The name of the output files, without extension; a draft never has the public name."""
        return file_name(self.document.title) + DRAFT_MARK * self.draft


def compose(
    folder: Path,
    pack: Pack,
    catalogue: Catalogue,
    *,
    draft: bool = False,
    allow_personal_data: bool = False,
) -> Composed:
    """Loads, computes and renders one entity and year.

    Raises:
        UnusableInputError: with every problem found where the data cannot be used.
    """
    files = read_entity(folder)
    return compose_files(
        files, pack, catalogue, draft=draft, allow_personal_data=allow_personal_data
    )


def compose_files(
    files: EntityFiles,
    pack: Pack,
    catalogue: Catalogue,
    *,
    draft: bool = False,
    allow_personal_data: bool = False,
) -> Composed:
    """Computes and renders what was read of one entity and year; reads nothing of it again.

    Raises:
        UnusableInputError: with every problem found where the data cannot be used.
    """
    loaded, findings = load_files(
        files, catalogue, pack.vocabulary, allow_personal_data=allow_personal_data
    )
    return _composed(loaded, findings, pack, draft=draft)


def compose_sections(sections: Mapping[str, Any], pack: Pack, catalogue: Catalogue) -> Composed:
    """Computes and renders data that stands in no folder.

    Raises:
        UnusableInputError: with every problem found where the data cannot be used.
    """
    loaded, findings = load_tree(tree_of(sections, Path()), catalogue, pack.vocabulary)
    return _composed(loaded, findings, pack)


def _composed(
    loaded: LoadedDisclosure | None, findings: list[Finding], pack: Pack, *, draft: bool = False
) -> Composed:
    if loaded is None:
        raise UnusableInputError(findings)
    for told in (_unknown_statements, _without_government, _undivided):
        findings = [*findings, *told(loaded, pack)]
    try:
        computed = compute(loaded, pack)
        figures, statements = computed.year.figures, computed.statements
        before = compute(loaded.prior, pack).year if loaded.prior else None
        comparisons = pack.settings.comparisons
        if before is not None:
            findings += add_prior_figures(comparisons, loaded, before, figures)
        explanations, doubts = explanations_of(loaded, computed.year, before, pack)
        numbers, words = pack.settings.numbers, pack.vocabulary.change_words
        single = pack.settings.charts.single
        narrative = Narrative(
            statements, figures, explanations, before, numbers, words, single_bars=single
        )
        findings += [*doubts, *review(loaded, narrative, comparisons)]
        units = {number: each.unit for number, each in statements.items()}
        lacking = [
            *readiness(loaded),
            *unsaid_findings(loaded, figures, comparisons, numbers.money.unit),
            *typed_in_wan(loaded, computed.year, before, comparisons, units),
            *lacking_reasons(loaded, explanations, numbers.money),
        ]
        summary = {name: narrative.figure(at) for name, at in pack.settings.summary.items()}
    except UnknownFigureError as error:  # an address of pack.yaml
        place = Location(pack.folder / "pack.yaml")
        unknown = Finding("E303", str(error), error.hint, place)
        raise UnusableInputError([*findings, unknown]) from error
    except FigureClashError as error:
        remedy = "在报表定义里用“名”把两行或两列分开；单位、项目不要与合计行同名"
        clash = Finding(
            "E304", str(error), remedy, Location(pack.folder / pack.settings.statements)
        )
        raise UnusableInputError([*findings, clash]) from error
    if has_errors(findings):
        raise UnusableInputError([*findings, *lacking])
    findings += lacking  # a draft is printed all the same, a public file is not
    reasons: dict[str, Reason | None] = dict.fromkeys(comparisons)
    stated = loaded.disclosure.reasons.items()
    reasons |= {name: Reason(text, automatic=False) for name, text in stated if text}
    reasons |= {name: each.reason for name, each in explanations.items() if each.reason}
    try:
        html = render_document(pack, loaded.disclosure, statements, narrative, reasons, draft=draft)
        document = parse_document(html, pack.folder)
    except UnusableInputError as error:
        raise UnusableInputError([*findings, *error.findings]) from error
    return Composed(
        loaded,
        computed.year.ledger,
        figures,
        statements,
        summary,
        explanations,
        document,
        tuple(findings),
        draft,
        sha256(html.encode()).digest(),
    )


@dataclass(frozen=True, slots=True)
class Computed:
    """One year computed: its figures and its statements."""

    year: Year
    statements: dict[str, Statement]


def compute(loaded: LoadedDisclosure, pack: Pack) -> Computed:
    """Posts and evaluates a year; last year's goes the same way as this year's.

    Raises:
        FigureClashError: if two figures have one address.
    """
    ledger, figures = post(loaded), FigureBook()
    disclosure = loaded.disclosure
    empty = disclosure.publication.empty_statements
    statements = evaluate_all(
        definitions_of(loaded, pack), empty, ledger, loaded.names, disclosure.entity, figures
    )
    text = pack.settings.numbers.money
    for fact in facts(disclosure, ledger, loaded.vocabulary, text):
        figures.add(fact)
    for address, each in pack.settings.totals.items():
        scope = condition(each.condition)
        leaves = [entry for entry in ledger.books[each.book] if entry.meets(scope)]
        figures.add(sum_of(address, leaves, text))
    year = Year(disclosure, ledger, figures, loaded.names, loaded.vocabulary, text)
    return Computed(year, statements)


def definitions_of(loaded: LoadedDisclosure, pack: Pack) -> Sequence[StatementDefinition]:
    """The statements as a document prints them.

    Those in 元 that write amounts as the pack does may write them otherwise, and those that list
    expenditure by class alone may list classes without amounts.
    """
    publication, usual = loaded.disclosure.publication, pack.settings.numbers.table
    return [
        _as_published(
            Same(definition),
            publication.table_numbers if definition.writes_as(usual) else None,
            publication.blank_classes,
        )
        for definition in pack.statements
    ]


@memo(200)
def _as_published(
    definition: Same[StatementDefinition], pattern: str | None, classes: tuple[str, ...]
) -> StatementDefinition:
    """A definition with another pattern and more classes, the same one whenever it is asked for.

    What is computed and written of a statement is remembered by its definition.
    """
    published = definition.it
    if pattern is not None:
        published = published.model_copy(update={"pattern": pattern})
    return published.listing(classes) if classes else published


def _unknown_statements(loaded: LoadedDisclosure, pack: Pack) -> list[Finding]:
    numbers = [definition.number for definition in pack.statements]
    return [
        Finding(
            "E208",
            f"没有“{number}”这张表",
            _statements_meant(number, numbers),
            loaded.source.place(("公开方式", "无数据表", i)),
        )
        for i, number in enumerate(loaded.disclosure.publication.empty_statements)
        if number not in numbers
    ]


def _statements_meant(written: str, numbers: Sequence[str]) -> str:
    """How to write what stands for the number of a statement."""
    several = [each for each in re.split("[、，,；; ]+", written) if each]
    if len(several) > 1 and set(several) <= set(numbers):
        return f"各表之间用半角逗号，写成 [{', '.join(several)}]"
    digits = re.fullmatch(r"\D?(\d{1,2})\D?", written)
    place = int(digits[1]) if digits else 0
    meant = numbers[place - 1] if 0 < place <= len(numbers) else f"表{written}"
    return f"是不是“{meant}”？" if meant in numbers else f"可用：{'、'.join(numbers)}"


def _without_government(loaded: LoadedDisclosure, pack: Pack) -> list[Finding]:
    """E202 for each economic line that a statement of the pack needs the government subject of."""
    if not any(statement.shows("政府经济科目") for statement in pack.statements):
        return []
    return [
        Finding(
            "E202",
            f"{line.department} 缺少“政府经济科目”，报表要分列",
            "补上“政府经济科目”（5 位，如 50101）",
            loaded.source.place(("基本支出经济科目", i)),
        )
        for i, line in enumerate(loaded.disclosure.economic)
        if line.government is None
    ]


def _undivided(loaded: LoadedDisclosure, pack: Pack) -> list[Finding]:
    """E202 for each amount that a statement needs the two kinds of basic expenditure of."""
    kind = loaded.disclosure.entity.kind
    if not any(statement.of(kind).asks(Book.BUDGET, "经费类型") for statement in pack.statements):
        return []
    return [
        Finding(
            "E202",
            f"{line.code} 的“基本支出”没有分人员经费、公用经费，报表要分列",
            "不写“基本支出”，分“人员经费”“公用经费”两项填写",
            loaded.source.place(("收支", i, year, "基本支出")),
        )
        for i, line in enumerate(loaded.disclosure.subjects)
        for year, amounts in line.items()
        if isinstance(amounts, ExpenditureAmounts) and amounts.basic.root
    ]
