"""How much a pack's templates may do in one rendering: enough for any document, not for a bomb.

Every loop, call and text counts, so that what a template costs is known before it is spent. The
largest sample takes a twentieth of this; a document with many more performance forms may do more.
"""

from __future__ import annotations

import time

from jinja2 import TemplateRuntimeError

MOST_STEPS = 10_000_000
"""Steps of loops, calls, filters and outputs."""
MOST_CHARACTERS = 40_000_000
"""Characters of all texts that are put together, those in between included."""
MOST_SECONDS = 4.0
"""Seconds of processor time, for what neither number foresees."""
FORMS_OF_ONE = 250
"""Performance forms of one document that all this is meant for."""
LONGEST_TEXT = 5_000_000
"""Characters of one text."""
MOST_ITEMS = 200_000
"""Items of one list, those of the lists in it included."""
LARGEST_BITS = 4096
"""Bits of a whole number: more than a thousand digits."""

_LOOK = 500
"""After so many steps the clock is looked at."""


class BudgetError(TemplateRuntimeError):
    """A template wants more than any document needs."""


class RenderingBudget:
    """What is left of one rendering."""

    def __init__(self) -> None:
        self._times = 1.0
        self._steps = MOST_STEPS
        self._characters = MOST_CHARACTERS
        self._look_at = MOST_STEPS - _LOOK
        self._end = time.thread_time() + MOST_SECONDS
        self._sure_until = time.perf_counter() + MOST_SECONDS

    def allow_forms(self, forms: int) -> None:
        """Allows what so many performance forms take; before anything is spent."""
        self._times = max(1.0, forms / FORMS_OF_ONE)
        self._steps = int(MOST_STEPS * self._times)
        self._characters = int(MOST_CHARACTERS * self._times)
        self._look_at = self._steps - _LOOK
        self._end += MOST_SECONDS * (self._times - 1)

    def step(self, steps: int = 1) -> None:
        """Takes steps.

        Raises:
            BudgetError: if no more are left, or no time.
        """
        self._steps -= steps
        if self._steps < self._look_at:
            self._look()

    def write(self, characters: int) -> None:
        """Puts a text together, of so many characters.

        Raises:
            BudgetError: if the text is too long, or all texts together are.
        """
        if characters > LONGEST_TEXT:
            raise BudgetError(f"a text of more than {LONGEST_TEXT} characters")
        self._characters -= characters
        self._steps -= 1
        if self._characters < 0 or self._steps < self._look_at:  # every output comes here
            self._look()

    def _look(self) -> None:
        self._look_at = self._steps - _LOOK
        if self._characters < 0:
            raise BudgetError(f"texts of more than {MOST_CHARACTERS * self._times:.0f} characters")
        if self._steps < 0:
            raise BudgetError(f"more than {MOST_STEPS * self._times:.0f} steps")
        self._look_at_clocks()

    def _look_at_clocks(self) -> None:
        """The clock of the wall is quick to ask; no more processor time can have passed than it."""
        now = time.perf_counter()
        if now < self._sure_until:
            return
        left = self._end - time.thread_time()
        if left < 0:
            raise BudgetError(f"more than {MOST_SECONDS * self._times:.0f} seconds")
        self._sure_until = now + left
