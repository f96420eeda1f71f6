"""What is wrong in the words of a document: the same words are looked at once in a process.

Only what is wrong is remembered, never where it stands: the same text, or the same form, may
stand elsewhere in the next document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from msgspec import Struct

from generator.checks.text.texts import DocumentText, form_text
from generator.core.memo import memo
from generator.reading.document import Form, FormContents

_LOOKS, _TEXTS, _FORMS = 8, 1 << 15, 1 << 11
"""What was found is remembered of so many kinds of looks, and for each of so many texts, forms."""

Path = tuple[str | int, ...]


class TextFault(Struct, frozen=True):
    """Something wrong in a text: what, the words that show it, how to mend it if that is known."""

    message: str
    phrase: str
    mend: str = ""


class FaultFinder(Protocol):
    """Looks for faults in a text; equal ones find the same."""

    def __call__(self, text: str, *, clippable: bool) -> Iterator[TextFault]:
        """The faults of a text; a clippable one may have been cut off at its end."""

    def __hash__(self) -> int:
        """Equal looks have the same."""


class Looked(Struct, frozen=True):
    """The texts that have faults, each with them, and how many have none."""

    faulty: tuple[tuple[DocumentText, tuple[TextFault, ...]], ...]
    clean: int


def look_at(
    look: FaultFinder,
    texts: Iterable[DocumentText],
    forms: Iterable[Form],
    others: Iterable[DocumentText] = (),
) -> Looked:
    """Looks at texts, then at those in forms, then at others."""
    memory = _memory(look)
    faulty: list[tuple[DocumentText, tuple[TextFault, ...]]] = []
    clean = memory.into(faulty, texts)
    for form in forms:
        of_form = memory.of_form(form.contents)
        clean += of_form.clean
        for path, text, faults in of_form.faulty:
            faulty.append((form_text(form, path, text), faults))
    clean += memory.into(faulty, others)
    return Looked(tuple(faulty), clean)


class _LookedForm(Struct, frozen=True):
    faulty: tuple[tuple[Path, str, tuple[TextFault, ...]], ...]
    clean: int


class _Memory:
    """What one look has found, by text and by form."""

    def __init__(self, look: FaultFinder) -> None:
        self._look = look
        self.of_text = memo(_TEXTS)(self._of_text)
        self.of_form = memo(_FORMS)(self._of_form)

    def into(
        self,
        faulty: list[tuple[DocumentText, tuple[TextFault, ...]]],
        texts: Iterable[DocumentText],
    ) -> int:
        """Adds the texts that have faults; returns how many have none."""
        clean = 0
        for text in texts:
            if faults := self.of_text(text.text, text.clippable):
                faulty.append((text, faults))
            else:
                clean += 1
        return clean

    def _of_text(self, text: str, clippable: bool) -> tuple[TextFault, ...]:
        return tuple(self._look(text, clippable=clippable))

    def _of_form(self, contents: FormContents) -> _LookedForm:
        looked = [(path, text, self.of_text(text, True)) for path, text in contents.texts if text]
        faulty = tuple(each for each in looked if each[2])
        return _LookedForm(faulty, len(looked) - len(faulty))


@memo(_LOOKS)
def _memory(look: FaultFinder) -> _Memory:
    return _Memory(look)
