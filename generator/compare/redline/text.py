"""Which characters of a Word draft are those of a text as it was read."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.drafts.docx.text import AcceptedText, Element, W
from generator.drafts.words.characters import is_unseen, ordinary


class RunCharacter(Struct, frozen=True):
    """A character: the element that shows it, and which one it is of that element's."""

    element: Element
    offset: int


class Edit(Struct, frozen=True):
    """Another text for the characters from ``start`` to before ``end``."""

    start: int
    end: int
    text: str


class CharacterStretch(Struct, frozen=True):
    """The characters of one or more paragraphs; ``at`` leads to them from those of a text.

    White space leads nowhere, it may have been read as other white space; nor does a number
    that Word sets before a paragraph.
    """

    paragraphs: tuple[Element, ...]
    text: str
    chars: tuple[RunCharacter, ...]
    at: tuple[int | None, ...]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a part of the text stands among the characters; ``None`` if some of it does not."""
        held = [self.at[i] for i in range(start, end) if not self.text[i].isspace()]
        known = [each for each in held if each is not None]
        if len(known) < len(held):
            return None
        if known:
            return known[0], known[-1] + 1
        before = [each for each in self.at[:start] if each is not None]
        after = [each for each in self.at[end:] if each is not None]
        if not before and not after:
            return (0, 0) if not self.text.strip() else None
        place = before[-1] + 1 if before else after[0]
        return place, place


def run_of(shown: Element) -> Element:
    """The run around an element that shows something."""
    return next(shown.iterancestors())


def stretch(paragraphs: Sequence[Element], text: str, *, numbered: bool) -> CharacterStretch | None:
    """The characters of a text that was read from paragraphs; ``None`` if that is not certain.

    ``numbered``: the text may begin with what does not stand in the paragraphs.
    """
    chars, shown = [], []
    for paragraph in paragraphs:
        for element, piece in AcceptedText().read(paragraph).pieces:
            chars += [RunCharacter(element, offset) for offset in range(len(piece))]
            shown += list(piece)
    visible = [at for at, char in enumerate(shown) if not (char.isspace() or is_unseen(char))]
    wanted = [at for at, char in enumerate(text) if not char.isspace()]
    lead = len(wanted) - len(visible)
    plain = ordinary("".join(shown[at] for at in visible))  # as long as before: nothing is unseen
    same = plain == "".join(text[at] for at in wanted[max(lead, 0) :])
    in_runs = all(run_of(char.element).tag == f"{W}r" for char in chars)
    if (
        not paragraphs
        or lead < 0
        or (lead and not (numbered and visible))
        or not same
        or not in_runs
    ):
        return None
    places: list[int | None] = [None] * len(text)
    for at, place in zip(wanted[lead:], visible, strict=True):
        places[at] = place
    return CharacterStretch(tuple(paragraphs), text, tuple(chars), tuple(places))
