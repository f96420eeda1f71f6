"""Which rules are applied: chosen by code, by the beginning of a code, or by tier."""

from __future__ import annotations

from msgspec import Struct

TIERS = {"error": "E", "warning": "EW", "note": "EWN"}
"""A tier takes itself and what is graver; by the first letters of codes."""


class Selection(Struct, frozen=True):
    """Codes, or beginnings of codes, that are applied and left out; an empty ``only`` is all."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    tier: str = "note"

    def takes(self, code: str) -> bool:
        """Whether a rule is applied."""
        wanted = not self.only or code.startswith(self.only)
        return wanted and not self.leaves_out(code) and code[0] in TIERS[self.tier]

    def leaves_out(self, code: str) -> bool:
        """Whether a rule is left out by its code."""
        return code.startswith(self.skip or ("-",))


ALL = Selection()
"""Every rule."""
