"""The system of indicators of a place: first level, second level, and how names are clipped."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.drafts.words.text import squeezed
from generator.pack.form_parts import Indicators

SUFFIX = "指标"
"""What names of indicators may end with, or leave out."""
_SHORTEST_CLIPPED = 4


class IndicatorSystem(Struct, frozen=True):
    """The names of a system, as they are compared.

    Attributes:
        heads: what stands above the columns: first, second, third level and value.
        seconds: second-level names without :data:`SUFFIX`, by the first-level name they belong to.
        firsts: the first-level names that are no second-level ones as well.
        whole: the first-level names that mostly have all of their second levels.
    """

    heads: tuple[str, str, str, str]
    seconds: Mapping[str, tuple[str, ...]]
    firsts: frozenset[str]
    whole: tuple[str, ...]

    @classmethod
    def of(cls, declared: Indicators) -> IndicatorSystem:
        """The system that a form declares."""
        first, second, third, value = map(squeezed, declared.heads)
        seconds = {
            squeezed(level.name): tuple(
                squeezed(name).removesuffix(SUFFIX) for name in level.seconds
            )
            for level in declared.system
        }
        below = {name for names in seconds.values() for name in names}
        return cls(
            (first, second, third, value),
            seconds,
            frozenset(name for name in seconds if name.removesuffix(SUFFIX) not in below),
            tuple(squeezed(level.name) for level in declared.system if level.whole),
        )

    def is_first(self, key: str) -> bool:
        """Whether a text is a first-level name, and no second-level one (成本指标) as well."""
        return key in self.firsts

    def standard(self, key: str) -> str:
        """The second-level indicator that a text names, without its suffix; ``""`` if none.

        A name may be clipped where nothing else begins like it (服务对象满, 服务对象满意度指).
        """
        bare = key.removesuffix(SUFFIX)
        known = [name for names in self.seconds.values() for name in names]
        if bare in known:
            return bare
        clipped = [name for name in known if (name + SUFFIX).startswith(key)]
        return clipped[0] if len(clipped) == 1 and len(key) >= _SHORTEST_CLIPPED else ""

    def is_whole(self, key: str) -> bool:
        """Whether a second-level name is printed whole."""
        return bool(self.standard(key)) and self.standard(key) == key.removesuffix(SUFFIX)

    def first_of(self, second: str) -> str:
        """The first-level name that a second-level indicator belongs to."""
        return next((first for first, names in self.seconds.items() if second in names), "")
