"""Page numbers: printed when the place of a fragment in the document is known.

Only digits differ from page to page, so a number is put together from glyphs
shaped once. Where digits do not stand side by side without regard to each
other, there is no stamp, and the number is laid out with its page.
"""

from __future__ import annotations

from dataclasses import dataclass

DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Shaped:
    """Text as operators of a PDF, and how wide it is in CSS pixels."""

    operators: str
    width: float


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a page number is printed; CSS pixels from the top left.

    Attributes:
        scale: from CSS pixels to points.
        colour: the operator that sets the colour.
        before: the words before the number.
        digits: the ten digits.
        after: the words after it.
        middle: the middle of all that.
        baseline: the line it stands on.
    """

    scale: float
    colour: str
    before: Shaped
    digits: tuple[Shaped, ...]
    after: Shaped
    middle: float
    baseline: float

    def operators(self, number: int) -> bytes:
        """What prints a number on its page."""
        digits = [self.digits[int(digit)] for digit in str(number)]
        parts = [each for each in (self.before, *digits, self.after) if each.operators]
        left = self.middle - sum(part.width for part in parts) / 2
        shown = " ".join(part.operators for part in parts)
        scale = f"{self.scale} 0 0 {self.scale} 0 0 cm"
        place = f"1 0 0 -1 {left:.3f} {self.baseline:.3f} Tm"
        mark = "/Artifact <</Type /Pagination>> BDC"
        return f"q {scale} {mark} BT {self.colour} {place} {shown} ET EMC Q".encode()
