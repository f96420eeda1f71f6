"""Makes the pieces of a PDF, or finds those made before.

Most pieces depend on nothing but their own content: they are made ahead, in any order. Those that
show page numbers, and those whose look depends on theirs, wait until the numbers are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from generator.compose.document.tree import HtmlDocument
from generator.printing.fragments.fragment import NOT_MADE, Fragment
from generator.printing.kept import KeptPieces, key_digest
from generator.printing.libraries import lean_import
from generator.printing.pieces import Piece, shell

if TYPE_CHECKING:
    from generator.printing.layout import LayoutEngine

_SHORT_TAIL = 0.3
"""Of a page's height: what less of a table stands alone on its last page is drawn in."""
_TEXTS = frozenset({".j2", ".yaml", ".md"})


class Tightening(NamedTuple):
    """In how many steps the stylesheet tightens what would take a page for little.

    Attributes:
        tables: a table whose last rows would take a page of their own (classes ``tight-1`` …).
        contents: the table of contents.
    """

    tables: int
    contents: int

    def steps(self, piece: Piece) -> int:
        """In how many steps a piece can be tightened."""
        return self.contents if piece.holds_contents else self.tables


NOT_TIGHTENED = Tightening(0, 0)


class Settled(NamedTuple):
    """A piece as it is printed, and in which step it was tightened."""

    fragment: Fragment
    step: int


def settle(piece: Piece, steps: int, make: Callable[[Piece], Fragment]) -> Settled:
    """A piece; what only little of would take a page is tightened if that saves it.

    Args:
        piece: the piece.
        steps: in how many steps it can be tightened.
        make: makes a piece.
    """
    fragment = make(piece)
    if len(fragment.pages) > 1 and fragment.tail < _SHORT_TAIL:
        for step in range(1, steps + 1):
            tightened = make(piece.tightened(step))
            if len(tightened.pages) < len(fragment.pages):
                return Settled(tightened, step)
    return Settled(fragment, 0)


class PieceMaker:
    """Makes pieces of documents of one look.

    Attributes:
        look: a digest of stylesheet, resources and what all pages share.
    """

    def __init__(
        self,
        document: HtmlDocument,
        stylesheet: str,
        folder: Path,
        kept: KeptPieces,
        tightening: Tightening,
    ) -> None:
        """A maker for the pieces of a document.

        Args:
            document: the document.
            stylesheet: the pack's CSS.
            folder: the only folder that files are read from.
            kept: what was made before; what is made is added.
            tightening: in how many steps what can be tightened.
        """
        self._stylesheet = stylesheet
        self._folder = folder
        self._kept = kept
        self._tightening = tightening
        bare = etree.tostring(shell(document, said=False))
        self.look = key_digest(stylesheet, bare, kept.setting, *_resources(folder))

    @property
    def layout(self) -> LayoutEngine:
        """What makes pieces; a document of nothing new does not need it."""
        with lean_import():
            from generator.printing.layout import LayoutEngine

        return self._kept.workshop(self.look, lambda: LayoutEngine(self._stylesheet, self._folder))

    def make_ahead(self, pieces: Iterable[Piece], done: Callable[[Piece], None]) -> None:
        """Makes what shows no page numbers; all grids are learned at once: that takes one layout.

        Args:
            pieces: the pieces of the document.
            done: is told each piece that is made, or was before.
        """
        new = [piece for piece in pieces if self._found(piece, {}) is None]
        grids = [piece for piece in new if piece.may_be_grid]
        if grids:
            self.layout.prepare(grids)
        for piece in pieces:
            if not piece.refers_to_pages:
                self._settled_anywhere(piece)
                done(piece)

    def made(self, piece: Piece, start: int, numbers: Mapping[str, int]) -> Settled:
        """A piece in its place.

        Args:
            piece: the piece.
            start: the number of its first page.
            numbers: the page numbers that it shows of others.
        """
        return settle(
            piece,
            self._tightening.steps(piece),
            lambda each: self._anywhere(each, numbers) or self._in_place(each, start, numbers),
        )

    def _settled_anywhere(self, piece: Piece) -> None:
        settle(
            piece,
            self._tightening.steps(piece),
            lambda each: self._anywhere(each, {}) or NOT_MADE,
        )

    def _anywhere(self, piece: Piece, numbers: Mapping[str, int]) -> Fragment | None:
        """A piece that is the same wherever it stands, found or made; nothing if it is not."""
        fragment = self._found(piece, numbers)
        if fragment is None:
            fragment = self.layout.anywhere(piece, numbers) or NOT_MADE
            self._kept.add(self._key(piece, numbers), fragment)
        return fragment if fragment.pages else None

    def _in_place(self, piece: Piece, start: int, numbers: Mapping[str, int]) -> Fragment:
        key = key_digest(self._key(piece, numbers), f"{start}")
        fragment = self._kept.find(key, Fragment)
        if fragment is None:
            fragment = self.layout.in_place(piece, start, numbers)
            self._kept.add(key, fragment)
        return fragment

    def _found(self, piece: Piece, numbers: Mapping[str, int]) -> Fragment | None:
        return self._kept.find(self._key(piece, numbers), Fragment)

    def _key(self, piece: Piece, numbers: Mapping[str, int]) -> str:
        shown = [str(numbers.get(target, "")) for target in piece.targets]
        return key_digest(self.look, "piece", piece.digest, shown)


def _resources(folder: Path) -> Iterator[bytes]:
    """The files of a pack that a stylesheet or a document may refer to."""
    for file in sorted(folder.rglob("*")):
        if file.suffix not in _TEXTS and file.is_file():
            yield file.relative_to(folder).as_posix().encode()
            yield file.read_bytes()
