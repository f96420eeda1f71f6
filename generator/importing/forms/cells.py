"""The filled cells of a form's row, and what tells how much the draft can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from generator.core.memo import Same, memo
from generator.drafts.draft import Draft, Row
from generator.drafts.words.text import squeezed
from generator.importing.forms.text import even, split_markup


@dataclass(frozen=True)
class FilledCell:
    """A filled cell: the column it stands in, its text, and the text evened out to compare."""

    column: int
    text: str

    @cached_property
    def key(self) -> str:
        """The text as labels are compared."""
        return squeezed(self.text)


def filled_cells(row: Row) -> list[FilledCell]:
    """The filled cells of a row, in order."""
    return list(_filled(Same(row)))


@memo(1 << 13)  # who reads a form asks for its rows several times, and the rules once more
def _filled(row: Same[Row]) -> tuple[FilledCell, ...]:
    filled = ((at, split_markup(text)[0]) for at, text in enumerate(row.it.cells) if text)
    return tuple(FilledCell(at, text) for at, text in filled if text.strip())


def lost_in_markup(row: Row) -> str:
    """Text that stands in a cell's leftover markup and nowhere else in the row."""
    halves = [split_markup(text) for text in row.cells]
    shown = squeezed("".join(kept for kept, _ in halves))
    return "".join(cut for _, cut in halves if any(squeezed(p) not in shown for p in cut.split()))


def is_exact(draft: Draft) -> bool:
    """Whether cells and texts are the published ones: a text draft went through an extraction.

    In an exact draft columns decide what a cell is, and texts stay as they are.
    """
    return draft.file.suffix.lower() != ".txt"


def wording(text: str, *, exact: bool) -> str:
    """A text as it goes into the data."""
    return text.strip() if exact else even(text)
