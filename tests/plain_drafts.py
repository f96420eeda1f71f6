"""Small drafts in memory for the rules of any draft: paragraphs, and tables as lines of cells."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.checks.rule import Check, Outcome
from generator.core.findings import Finding
from generator.core.records import replace
from generator.drafts.draft import Block, Draft, Paragraph, Row, Spot, Table
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

FILE = Path("某某局.pdf")


def draft(*content: str | list[str]) -> Draft:
    """A draft of one page: a text is a paragraph, a list a table whose cells ``|`` parts."""
    blocks: list[Block] = []
    for each in content:
        if isinstance(each, str):
            blocks.append(Paragraph(each, Spot("页", 1)))
        else:
            rows = [
                Row(tuple(cell.strip() for cell in line.split("|")), Spot("页", 1)) for line in each
            ]
            blocks.append(Table(rows))
    return Draft(FILE, tuple(blocks))


def present(pack: Pack, catalogue: Catalogue, *content: str | list[str]) -> ReadDocument:
    """What can be read of a small draft."""
    return presented_draft(draft(*content), pack, catalogue)


def hidden(document: ReadDocument) -> ReadDocument:
    """A document as one whose format nobody knows."""
    assert document.recognition is not None
    return replace(document, recognition=replace(document.recognition, known=False))


def outcomes(document: ReadDocument, pack: Pack, checks: Iterable[Check]) -> list[Outcome]:
    """What some checks say of a document."""
    return [outcome for check in checks for outcome in check(document, pack)]


def told(document: ReadDocument, pack: Pack, checks: Iterable[Check]) -> list[str]:
    """The findings of some checks: code, place and message in a line each."""
    return [
        f"{each.code} {each.place.spot if each.place else ''} {each.message}"
        for each in outcomes(document, pack, checks)
        if isinstance(each, Finding)
    ]
