"""What a document calls itself: 本部门 in the document of a department, 本单位 in a unit's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.checks.text.headings import is_heading_passage
from generator.core.text.patterns import late_pattern
from generator.model.disclosure import EntityKind
from generator.reading.document import Passage

_TITLES = {
    EntityKind.DEPARTMENT: late_pattern(r"20\d\d年度?(?:[^，。]{0,4}级)?部门预算(?!单位)"),
    EntityKind.UNIT: late_pattern(
        r"20\d\d年度?(?:[^，。]{0,4}级)?(?:预算)?单位(?:预算|[^，。]{0,12}预算)"
    ),
}
_FOREIGN = {
    EntityKind.DEPARTMENT: late_pattern(r"[本我]单位"),
    EntityKind.UNIT: late_pattern(r"[本我]部门(?![（(]单位)(?![^，。；]{0,6}(?:及|和|所属|下属))"),
}
_OF_BUDGET = late_pattern(
    r"\d\s*[百千万亿]*元|无[^，。；]{0,20}(?:预算|经费|支出|情况)|(?:行政|事业|预算)单位\s*\d+\s*[家个]"
)
_DEFINES = late_pattern("指|：是")
"""A term that is explained is of nobody in particular."""
_QUOTED = late_pattern(r"《[^》]*》|“[^”]*”")
_SURE = 3
"""So many more titles of one kind than of the other leave no doubt."""


def kind_of_titles(passages: Sequence[Passage]) -> EntityKind | None:
    """Whose budget the titles say that it is; ``None`` if they do not agree."""
    found: Counter[EntityKind] = Counter()
    for passage in passages:
        if is_heading_passage(passage):
            found.update(kind for kind, title in _TITLES.items() if title.search(passage.text))
    best = found.most_common(2)
    if not best or (len(best) > 1 and best[0][1] < _SURE * best[1][1]):
        return None
    return best[0][0] if best[0][1] > 1 else None


def foreign_words(text: str, kind: EntityKind) -> Iterator[str]:
    """The words of the other kind with which a sentence about the budget speaks of itself."""
    plain = _QUOTED.sub("", text)
    if _OF_BUDGET.search(plain) and not _DEFINES.search(plain):
        yield from dict.fromkeys(match[0] for match in _FOREIGN[kind].finditer(plain))
