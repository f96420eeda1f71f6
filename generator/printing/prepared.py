"""Prepares a document for print: what fits where, what shares a page, what is a head of what."""

from __future__ import annotations

from typing import NamedTuple

from generator.compose.document.section import Section
from generator.compose.document.tree import Element, HtmlDocument, Ranks, last_heading
from generator.core.memo import Same
from generator.pack.pack import Pack
from generator.pack.theme import Theme
from generator.printing.columns.fit import fit_amounts
from generator.printing.heads import mark_heads, mark_levels
from generator.printing.kept import KeptPieces
from generator.printing.share_pages import share_pages
from generator.printing.words import keep_words


class Prepared(NamedTuple):
    """A document that is ready to be printed.

    Attributes:
        shown: with widths and sizes that suit what stands in it.
        for_pdf: with what only a PDF needs besides: words kept whole, heads marked as such.
    """

    shown: HtmlDocument
    for_pdf: HtmlDocument


def prepare(document: HtmlDocument, pack: Pack, kept: KeptPieces) -> Prepared:
    """Prepares a document.

    Args:
        document: the document; it is not changed.
        pack: its pack, for the theme.
        kept: what was measured of fonts before; what is measured now is added.

    Raises:
        UnusableInputError: E406 for each table whose amounts fit in no size that the theme allows.
    """
    shown = fit_amounts(share_pages(document, pack.theme, kept), pack, kept)
    return Prepared(shown, _for_pdf(shown, pack.theme))


def _for_pdf(document: HtmlDocument, theme: Theme) -> HtmlDocument:
    sections: list[Section] = []
    above: Ranks = ()
    for section in document.sections:
        sections.append(_section_for_pdf(section, theme, above))
        above = last_heading(section, above)
    return document.with_sections(sections)


def _section_for_pdf(section: Section, theme: Theme, above: Ranks) -> Section:
    def mark(body: Element) -> None:
        mark_heads(body)
        mark_levels(body, above)
        keep_words(body, theme)

    return section.recall("for PDF", (Same(theme), above), lambda: section.changed(mark))
