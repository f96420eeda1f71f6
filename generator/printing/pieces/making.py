"""Makes the pieces of a PDF, or finds those made before.

Most pieces depend on nothing but their own content: they are made ahead, in any order. Those that
show page numbers, and those whose look depends on theirs, wait until the numbers are known.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from generator.compose.document.tree import HtmlDocument
from generator.printing.fragments.fragment import (
    NOT_MADE,
    EmbeddedFont,
    Face,
    Fragment,
    Glyphs,
    UsedFaces,
)
from generator.printing.kept import KeptPieces, key_digest
from generator.printing.libraries import lean_import
from generator.printing.pieces.piece import Piece, shell
from generator.printing.pieces.tasks import PrintedLook

if TYPE_CHECKING:
    from generator.printing.pieces.layout import LayoutEngine
    from generator.printing.pieces.second_printer import SecondPrinter

_SHORT_TAIL = 0.3
"""Of a page's height: what less of a table stands alone on its last page is drawn in."""
_AT_ONCE = 16
"""Grids that are at least learned at once."""
_IMPORT = 250
"""So many elements of text are laid out while what lays out is imported."""
_PAINTED = 15
"""So many elements of a grid are painted while one of a text is laid out."""
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
        self._document = document
        self.look = key_digest(stylesheet, bare, kept.setting, *_resources(folder))

    @property
    def layout(self) -> LayoutEngine:
        """What makes pieces; a document of nothing new does not need it."""
        with lean_import():
            from generator.printing.pieces.layout import LayoutEngine

        return self._kept.workshop(
            self.look, lambda: LayoutEngine(self._stylesheet, self._folder, self._certain_look)
        )

    @property
    def _certain_look(self) -> str:
        """The look, if it is certain that it is told from all others."""
        return self.look if self._kept.setting else ""

    def make_ahead(
        self,
        pieces: Iterable[Piece],
        numbers: Mapping[str, int],
        *,
        done: Callable[[Piece], None] = lambda _: None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        """Makes pieces wherever they stand, some in the second process if there is one.

        Args:
            pieces: the pieces.
            numbers: the page numbers that they show.
            done: is told each piece that is made, or was before.
            meanwhile: is done once, while the second process works if there is one.

        Raises:
            UnusableInputError: if a piece cannot be made.
        """
        second = self._kept.second
        grids: list[Piece] = []
        others: list[Piece] = []
        for piece in pieces:
            if self._found(piece, numbers) is None:
                (grids if piece.may_be_grid else others).append(piece)
            else:
                done(piece)
        waiting = deque([*grids, *others])  # a second takes the last: text takes longest
        if second is not None:
            self._exchange(second, waiting, numbers, done)
        meanwhile()
        while waiting or (second is not None and second.busy):
            own: list[Piece] = []
            if not self._left_to(second, waiting):
                own = _own_share(waiting, shared=second is not None)
            if second is not None:
                self._exchange(second, waiting, numbers, done, wait=not own)
            self._learn(own)
            for piece in own:
                self._settle_anywhere(piece, numbers)
                done(piece)
                if second is not None:
                    self._exchange(second, waiting, numbers, done)

    def _left_to(self, second: SecondPrinter | None, waiting: Iterable[Piece]) -> bool:
        """Whether the second process makes all: it has imported what that takes."""
        return (
            second is not None
            and (second.free or second.busy)
            and not self._kept.has_workshop(self.look)
            and sum(map(_work, waiting)) < _IMPORT
        )

    def embed(self, faces: UsedFaces) -> dict[str, EmbeddedFont]:
        """Embeds faces, some in the second process if there is one.

        Args:
            faces: the faces by the names that pages call them, with the glyphs that are needed.

        Raises:
            UnknownFaceError: if a face cannot be had without laying anything out.
            UnusableInputError: if they take too much.
        """
        fonts: dict[str, EmbeddedFont] = {}
        second = self._kept.second
        if faces and second is not None and second.free:
            apart = _half_of(faces) if self._kept.has_workshop(self.look) else faces
            second.embed(self._printed_look, apart)
            fonts |= self._embedded_here(faces, {*apart})
            fonts |= second.embedded()
        return fonts | self._embedded_here(faces, {*fonts})

    def _embedded_here(self, faces: UsedFaces, but: Set[str]) -> dict[str, EmbeddedFont]:
        return {
            name: self.layout.embed(name, face, glyphs)
            for name, (face, glyphs) in faces.items()
            if name not in but
        }

    @property
    def _printed_look(self) -> PrintedLook:
        bare = etree.tostring(shell(self._document))
        return PrintedLook(self._stylesheet, self._folder, bare, self._certain_look)

    def _learn(self, pieces: Iterable[Piece]) -> None:
        """Learns of grids all at once: that takes one layout."""
        grids = [piece for piece in pieces if piece.may_be_grid]
        if grids:
            self.layout.prepare(grids)

    def _exchange(
        self,
        second: SecondPrinter,
        waiting: deque[Piece],
        numbers: Mapping[str, int],
        done: Callable[[Piece], None],
        *,
        wait: bool = False,
    ) -> None:
        """Takes what the second has made, and gives it more."""
        for piece, made in second.finished(wait=wait):
            for step, fragment in enumerate(made):
                made_as = piece.tightened(step) if step else piece
                self._kept.add(self._key(made_as, numbers), fragment)
            if not made:
                self._settle_anywhere(piece, numbers)
            done(piece)
        if waiting and second.free:
            self._give(second, _second_share(waiting), numbers)

    def _give(
        self, second: SecondPrinter, pieces: Sequence[Piece], numbers: Mapping[str, int]
    ) -> None:
        shown = {
            each: numbers[each] for piece in pieces for each in piece.targets if each in numbers
        }
        second.give(self._printed_look, pieces, [*map(self._tightening.steps, pieces)], shown)

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

    def _settle_anywhere(self, piece: Piece, numbers: Mapping[str, int]) -> None:
        settle(
            piece,
            self._tightening.steps(piece),
            lambda each: self._anywhere(each, numbers) or NOT_MADE,
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


def _half_of(faces: UsedFaces) -> UsedFaces:
    """The largest of some faces, and more up to half of all glyphs."""
    left = sum(len(glyphs) for _, glyphs in faces.values()) / 2
    half: dict[str, tuple[Face, Glyphs]] = {}
    for name, (face, glyphs) in sorted(faces.items(), key=lambda each: -len(each[1][1])):
        if not half or len(glyphs) <= left:
            left -= len(glyphs)
            half[name] = face, glyphs
    return half


def _work(piece: Piece) -> float:
    """How long a piece takes, in elements of text."""
    return piece.elements / _PAINTED if piece.may_be_grid else piece.elements


def _own_share(waiting: deque[Piece], *, shared: bool) -> list[Piece]:
    """What this process makes next: grids together, so that they are learned together."""
    grids = sum(1 for piece in waiting if piece.may_be_grid)
    share = min(grids, max(_AT_ONCE, grids // 4)) if shared else len(waiting)
    return [waiting.popleft() for _ in range(max(share, 1)) if waiting]


def _second_share(waiting: deque[Piece]) -> list[Piece]:
    """What the second process makes next: a piece of text, or some grids."""
    pieces = [waiting.pop()]
    while pieces[0].may_be_grid and waiting and len(pieces) < _AT_ONCE / 2:
        pieces.append(waiting.pop())
    return pieces


def _resources(folder: Path) -> Iterator[bytes]:
    """The files of a pack that a stylesheet or a document may refer to."""
    for file in sorted(folder.rglob("*")):
        if file.suffix not in _TEXTS and file.is_file():
            yield file.relative_to(folder).as_posix().encode()
            yield file.read_bytes()
