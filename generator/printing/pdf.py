"""Prints the document as a tagged PDF (PDF/UA-1), from pieces made before or made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lxml import etree

from generator.compose.document.tree import HtmlDocument
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.process import spared_collection
from generator.printing.fragments.attached import AttachedFile
from generator.printing.fragments.fragment import (
    NOT_MADE,
    EmbeddedFont,
    Fragment,
    Glyphs,
    UnknownFaceError,
    UsedFaces,
    all_glyphs,
)
from generator.printing.fragments.joining import JoinedFile, NumberedFragment, PdfParticulars
from generator.printing.kept import KeptPieces, key_digest
from generator.printing.pieces.complaints import Complaints, complained
from generator.printing.pieces.making import NOT_TIGHTENED, PieceMaker, Tightening
from generator.printing.pieces.piece import Piece, anchors, cut, shell, tells_pages_apart

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """A finished PDF and where its headings landed (anchor → printed page number).

    ``tightened`` says in which step the tables of a section, or the contents, were tightened, by
    its anchors.
    """

    content: bytes
    page_numbers: Mapping[str, int]
    pages: int
    tightened: Mapping[str, int]


def print_pdf(  # noqa: PLR0913 - what is printed, with what, and who is told
    document: HtmlDocument,
    stylesheet: str,
    pack_folder: Path,
    *,
    locate: Callable[[str], Location | None] = lambda _: None,
    progress: Progress = lambda _: None,
    kept: KeptPieces | None = None,
    tightening: Tightening = NOT_TIGHTENED,
    attached: Sequence[AttachedFile] = (),
) -> PrintedPdf:
    """Lays the document out and writes the PDF.

    Args:
        document: the document; it is not changed.
        stylesheet: the pack's CSS.
        pack_folder: the only folder that files are read from.
        locate: tells where in the data a character stands that no font has.
        progress: is told how many performance forms are done.
        kept: what was made before; what is made now is added.
        tightening: in how many steps the stylesheet tightens what would take a page for little.
        attached: files that the PDF carries.

    Raises:
        UnusableInputError: E402 for a glyph no font has, E403 for a foreign
            resource, E404 where the layout fails or complains.
    """
    start = partial(_Printing, document, stylesheet, pack_folder, tightening=tightening)
    kept = kept or KeptPieces()
    try:
        return _print(start(kept), kept, locate, progress, attached)
    except UnknownFaceError:  # a font of a kept piece that cannot be had without laying it out
        kept = KeptPieces()
        return _print(start(kept), kept, locate, progress, attached)


def _print(
    printing: _Printing,
    kept: KeptPieces,
    locate: Callable[[str], Location | None],
    progress: Progress,
    attached: Sequence[AttachedFile],
) -> PrintedPdf:
    findings: list[Finding] = []
    with Complaints() as complaints, spared_collection():
        try:
            total = printing.forms
            printing.run(lambda forms: progress(f"排版 PDF：绩效目标表 {forms}/{total}"))
            progress("写 PDF")
            content = printing.write(attached)
            findings += complaints.findings(printing.folder)
            findings += printing.dead_links()
            findings += _missing_glyphs(printing.missing, locate)
        except UnusableInputError as error:
            findings += error.findings
    if findings:
        kept.forget()
        raise UnusableInputError(findings)
    kept.save()
    return PrintedPdf(content, printing.numbers, printing.pages, printing.tightened)


class _Printing:
    """One document on its way into a file.

    Attributes:
        folder: the only folder that files are read from.
        numbers: the printed page number of each anchor.
        tightened: the step in which the tables of a section were tightened, by its anchors.
    """

    def __init__(
        self,
        document: HtmlDocument,
        stylesheet: str,
        folder: Path,
        kept: KeptPieces,
        tightening: Tightening,
    ) -> None:
        self.numbers: dict[str, int] = {}
        self.tightened: dict[str, int] = {}
        self._document = document
        self.folder = folder
        self._kept = kept
        self._pieces = list(cut(document, whole_texts=tells_pages_apart(stylesheet)))
        self._fragments: list[NumberedFragment] = []
        self._file = JoinedFile()
        self._maker = PieceMaker(document, stylesheet, folder, kept, tightening)

    @property
    def forms(self) -> int:
        """How many performance forms there are."""
        return sum(piece.forms for piece in self._pieces)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return sum(len(fragment.pages) for fragment, *_ in self._fragments)

    @property
    def missing(self) -> list[str]:
        """The characters that no font has."""
        return sorted({each for fragment, *_ in self._fragments for each in fragment.missing})

    def run(self, done: Callable[[int], None]) -> None:
        """Makes or finds every piece.

        Pieces that show page numbers of others are done again at the end, when
        those are known; the others are put into the file meanwhile. ``done`` is told
        how many forms are done.
        """
        forms = 0

        def made(piece: Piece) -> None:
            nonlocal forms
            if piece.forms:
                forms += piece.forms
                done(forms)

        self._maker.make_ahead(filter(_counts, self._pieces), {}, done=made)
        again: dict[int, tuple[Piece, int]] = {}
        following = 1
        for position, piece in enumerate(self._pieces):
            fragment = NOT_MADE
            if piece.refers_to_pages:
                again[position] = piece, following
            if _counts(piece):
                fragment = self._made(piece, following, {})
            self._fragments.append(NumberedFragment(fragment, following, piece.numbered))
            self.numbers |= _numbers(fragment, following)
            following += len(fragment.pages) if piece.numbered else 0
        waiting = [piece for piece, _ in again.values()]
        others = [each for each in range(len(self._pieces)) if each not in again]
        self._maker.make_ahead(waiting, self.numbers, meanwhile=lambda: self._put(others))
        for position, (piece, start) in again.items():
            fragment = self._made(piece, start, self.numbers)
            self._fragments[position] = NumberedFragment(fragment, start, piece.numbered)
        self._put(again)

    def _put(self, positions: Iterable[int]) -> None:
        """Puts fragments into the file."""
        for position in positions:
            self._file.put(position, self._fragments[position])

    def _made(self, piece: Piece, start: int, numbers: Mapping[str, int]) -> Fragment:
        """A piece in its place; it is noted if it was tightened."""
        fragment, step = self._maker.made(piece, start, numbers)
        if step:
            names = (name for section in piece.sections for name in anchors(section))
            self.tightened |= dict.fromkeys(names, step)
        return fragment

    def write(self, attached: Sequence[AttachedFile]) -> bytes:
        """The file, with the files that it carries."""
        fragments = [fragment for fragment, *_ in self._fragments]
        faces = {name: face for each in fragments for name, face in each.faces.items()}
        glyphs = all_glyphs(fragments)
        used = {name: (faces[name], glyphs[name]) for name in sorted(glyphs)}
        return self._file.content(self._fonts(used), self._particulars(), attached)

    def dead_links(self) -> list[Finding]:
        """E404 for every link that leads nowhere."""
        fragments = [fragment for fragment, *_ in self._fragments]
        anchors = {
            name for fragment in fragments for page in fragment.pages for name, *_ in page.anchors
        }
        targets = dict.fromkeys(
            each for fragment, *_ in self._fragments for each in fragment.targets
        )
        messages = [
            f"No anchor #{target} for internal URI reference"
            for target in targets
            if target not in anchors
        ]
        return list(complained(messages, self.folder))

    def _fonts(self, faces: UsedFaces) -> dict[str, EmbeddedFont]:
        keys = {name: self._font_key(name, glyphs) for name, (_, glyphs) in faces.items()}
        found = {name: self._kept.find(key, EmbeddedFont) for name, key in keys.items()}
        fonts = {name: font for name, font in found.items() if font is not None}
        made = self._maker.embed({name: faces[name] for name in faces if name not in fonts})
        for name, font in made.items():
            self._kept.add(keys[name], font)
        fonts |= made
        return {name: fonts[name] for name in faces}

    def _font_key(self, name: str, glyphs: Glyphs) -> str:
        used = [f"{glyph} {text} {width}" for glyph, (text, width) in sorted(glyphs.items())]
        return key_digest(self._maker.look, "font", name, used)

    def _particulars(self) -> PdfParticulars:
        head = shell(self._document)
        key = key_digest(self._maker.look, "particulars", etree.tostring(head))
        particulars = self._kept.find(key, PdfParticulars)
        if particulars is None:
            particulars = self._maker.layout.particulars(head)
            self._kept.add(key, particulars)
        return particulars


def _counts(piece: Piece) -> bool:
    """Whether others need to know of its pages; a piece that shows theirs may be able to wait."""
    return piece.numbered or piece.names_places or not piece.refers_to_pages


def _numbers(fragment: Fragment, start: int) -> dict[str, int]:
    """The printed page number of each anchor of a fragment."""
    return {
        name: number
        for number, page in enumerate(fragment.pages, start)
        for name, *_ in page.anchors
    }


def _missing_glyphs(
    characters: Sequence[str], locate: Callable[[str], Location | None]
) -> Iterator[Finding]:
    remedy = "改用常用字，或在 theme.yaml 换用收字更全的字体"
    for character in characters:
        message = f"字体里没有“{character}”（U+{ord(character):04X}）"
        yield Finding("E402", message, remedy, locate(character))
