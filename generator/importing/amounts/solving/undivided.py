"""Says which printed amounts could not be divided among leaves, and where they may belong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import takewhile

from generator.importing.amounts.printed.cells import PrintedCell
from generator.importing.amounts.sections import yuan_in_data
from generator.importing.amounts.solving.solved import Solved, Undivided
from generator.importing.reading import ImportResult, Path_

_SEPARATOR = "/"


def doubt_undivided(
    reading: ImportResult,
    solved: Solved,
    undivided: Undivided,
    paths: Sequence[Path_],
    *,
    written: bool,
) -> None:
    """Notes an amount that could belong elsewhere: the cell, what is not clear, what to write.

    Args:
        reading: what is read so far.
        solved: the leaves and their amounts, the chosen ones among them.
        undivided: the cell with an amount that may belong to several leaves.
        paths: for each leaf the path in the data where it would be.
        written: whether the chosen amounts are written, or left out.
    """
    cell = undivided.cell
    options = [paths[leaf] for leaf in undivided.leaves if paths[leaf][1:]]
    amount = sum((solved.amounts[leaf] for leaf in undivided.chosen), Decimal(0))
    where = _words(paths[undivided.chosen[0]] if written else options[0])
    done = f"有几种分法，写在“{where}”的只是其中一种" if written else "没有写进数据"
    advice = (
        "改在该写的地方" if written else f"在“{where}”（或该写的地方）写 {yuan_in_data(amount)}"
    )
    reading.doubt(
        common_path(options) or options[0][:1],
        f"{cell.name}“{cell.text}”里的 {yuan_in_data(amount)} 元{done}："
        f"看不出是哪个{_differing(solved, undivided)}；对照批复，{advice}",
        cell.spot,
    )


def _words(path: Path_) -> str:
    """The keys of a path; which entry of a list it is, the cell says."""
    return _SEPARATOR.join(step for step in path if isinstance(step, str))


def doubt_without_leaves(reading: ImportResult, book: str, cells: Iterable[PrintedCell]) -> None:
    """Notes, once for each statement, printed sums of a book of which no leaf was read."""
    sums: dict[str, list[PrintedCell]] = {}
    for cell in cells:
        if cell.amount and cell.amount.yuan:
            sums.setdefault(cell.statement, []).append(cell)
    for statement, of_statement in sums.items():
        first = of_statement[0]
        reading.doubt(
            (book,),
            f"{statement}印出的 {len(of_statement)} 个金额（第一个是{first.name}“{first.text}”）"
            f"没有写进数据：没有读到它们的明细；对照批复，在“{book}”补上",
            first.spot,
        )


def _differing(solved: Solved, undivided: Undivided) -> str:
    """What the leaves differ in, with its values."""
    values: dict[str, dict[str, None]] = {}
    for leaf in undivided.leaves:
        for name, value in solved.leaves[leaf].dimensions.items():
            values.setdefault(name, {})[value] = None
    return "、".join(
        f"{name}（{'、'.join(found)}）" for name, found in values.items() if len(found) > 1
    )


def common_path(paths: Sequence[Path_]) -> Path_:
    """The steps that all paths begin with."""
    common = takewhile(lambda steps: len(set(steps)) == 1, zip(*paths, strict=False))
    return tuple(steps[0] for steps in common)
