"""A comparison for people in a terminal: by part, both wordings, both places, and figures."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.compare.difference import FOLDED, Comparison, Difference, DifferenceKind
from generator.compare.text.differences import amount
from generator.core.findings import Severity
from generator.reports.diff.stretches import ShownStretch, abridged
from generator.reports.diff.view import NumberedDifference, PartView, View
from generator.reports.excerpts import harmless_excerpt

_SHOWN = 30
"""How many differences of a part are listed."""
_AROUND = 20
"""How many characters that do not differ are shown around those that do."""
_LONGEST = 120
"""How much is shown of a wording that differs as a whole."""
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_SIDES = ("生成", "草稿")
_UNCOUNTED = "不计"
_COLUMNS = (Severity.ERROR.value, Severity.WARNING.value, _UNCOUNTED)


def print_comparison(comparison: Comparison, console: Console, *, show_all: bool) -> None:
    """Prints the differences, and how many there are; one line where there are none."""
    view = View.of(comparison)
    _print_formats(comparison, console)
    if not view.total and not (show_all and view.items):
        console.print(_equal(view))
        _print_misread(view, console, show_all=show_all)
        _print_unread(comparison, console, show_all=show_all)
        return
    printer = _Printer(console, show_all)
    console.print(Text(f"生成  {comparison.ours}\n草稿  {comparison.theirs}"))
    for part in view.parts:
        printer.part(part)
    console.print()
    console.print(_figures(view))
    _print_unread(comparison, console, show_all=show_all)


def print_counts(comparison: Comparison, console: Console) -> None:
    """Prints how many differences there are, where a report holds the rest."""
    view = View.of(comparison)
    console.print(_figures(view) if view.total else _equal(view))


def _print_formats(comparison: Comparison, console: Console) -> None:
    """Which format each side has, once where it is the same, and what the files hold besides."""
    formats = comparison.formats
    if formats[0] == formats[1]:
        console.print(Text(formats[0]))
    else:
        for side, format_ in zip(_SIDES, formats, strict=True):
            console.print(Text(f"{side}  {format_}"))
    for remark in comparison.remarks:
        console.print(Text(harmless_excerpt(remark), "yellow"))


def _equal(view: View) -> Text:
    folded = "、".join(f"{kind} {view.counts[kind]} 处" for kind in view.kinds)
    rest = f"（{folded}不算，用 --all 列出）" if folded else ""
    sides = f"{view.comparison.ours} 与 {view.comparison.theirs}{rest}"
    if misread := len(view.comparison.misread):
        return Text(f"有 {misread} 处字词不同，多半是文字提取造成的，请核对：{sides}", "yellow")
    if unread := len(view.comparison.unread):
        return Text(f"读到的内容没有实质差异，还有 {unread} 处没有比较：{sides}", "yellow")
    return Text(f"没有实质差异：{sides}", "green")


def _print_misread(view: View, console: Console, *, show_all: bool) -> None:
    """The characters that an extraction has most likely mistaken, where nothing else differs."""
    wanted = set(view.comparison.misread)
    items = [item for item in view.items if item.difference in wanted]
    printer = _Printer(console, show_all)
    for item in items if show_all else items[:_SHOWN]:
        printer.item(item)
    if len(items) > _SHOWN and not show_all:
        console.print(Text(f"  还有 {len(items) - _SHOWN} 处，用 --all 列出", "dim"))


def _print_unread(comparison: Comparison, console: Console, *, show_all: bool) -> None:
    """What was not compared is never passed over in silence."""
    shown = comparison.unread if show_all else comparison.unread[:_SHOWN]
    if shown:
        console.print(Text(f"\n没有读懂、未比较的内容 {len(comparison.unread)} 处：", "bold"))
    for each in shown:
        console.print(Text(f"  {harmless_excerpt(each)}"))
    if len(shown) < len(comparison.unread):
        rest = len(comparison.unread) - len(shown)
        console.print(Text(f"  还有 {rest} 处，用 --all 列出", "dim"))


def _figures(view: View) -> Table:
    """How many differences there are, by class and weight; those folded away apart."""
    table = Table(title="比较结果", title_justify="left", title_style="bold")
    table.add_column("类别")
    for severity in (Severity.ERROR, Severity.WARNING):
        table.add_column(severity.value, justify="right", style=_COLOURS[severity])
    table.add_column(_UNCOUNTED, justify="right", style="dim")
    for kind in view.kinds:
        weight = next(i.difference.severity for i in view.items if i.difference.kind is kind)
        column = _UNCOUNTED if kind in FOLDED else weight.value
        cells = (str(view.counts[kind]) if each == column else "" for each in _COLUMNS)
        table.add_row(kind.value, *cells)
    table.add_section()
    folded = len(view.items) - view.total
    weights = (view.weight(Severity.ERROR), view.weight(Severity.WARNING), folded)
    table.add_row("合计", *(str(count) for count in weights))
    return table


class _Printer:
    """Prints part by part."""

    def __init__(self, console: Console, show_all: bool) -> None:
        self._console = console
        self._all = show_all

    def part(self, part: PartView) -> None:
        """The differences of a part, the first of them only where there are many."""
        items = [item for item in part.items if self._all or not item.folded]
        if not items:
            return
        heading = Text(f"\n━━ {harmless_excerpt(part.title)} ", "bold")
        heading.append(f"（{len(items)} 处）", "not bold")
        self._console.print(heading)
        shown = items if self._all else items[:_SHOWN]
        for item in shown:
            self.item(item)
        if len(shown) < len(items):
            rest = len(items) - len(shown)
            self._console.print(Text(f"  还有 {rest} 处，用 --all 列出", "dim"))

    def item(self, item: NumberedDifference) -> None:
        difference = item.difference
        head = Text(f"{item.number:>4}  ")
        head.append(f"{_weight(difference)} {difference.kind}", _COLOURS[difference.severity])
        head.append(f"  {harmless_excerpt(item.where)}" if item.where else "", "bold")
        head.append(f"  {item.note}" if item.note else "", "dim")
        self._console.print(head)
        sides = [_marked(each, item) for each in (item.marked.ours, item.marked.theirs)]
        sides = _aligned(sides, difference)
        for name, text, place in zip(
            _SIDES, sides, (item.our_place, item.their_place), strict=True
        ):
            self._console.print(Text.assemble((f"      {name}  ", "dim"), text, _placed(place)))
        told = ("差额", item.change), ("来自", harmless_excerpt(difference.source)), _cause(item)
        for name, words in told:
            if words:
                self._console.print(Text.assemble((f"      {name}  ", "dim"), words))


def _cause(item: NumberedDifference) -> tuple[str, str]:
    """Which difference most likely brings this one with it, or which ones this one brings."""
    if item.cause:
        return "原因", f"多半同第 {item.cause} 处"
    effects = "、".join(map(str, item.effects))
    return "影响", f"多半还引起了第 {effects} 处" if effects else ""


def _weight(difference: Difference) -> str:
    return _UNCOUNTED if difference.kind in FOLDED else difference.severity.value


def _placed(place: str) -> Text:
    return Text(f"  {place}", "blue") if place else Text()


def _marked(stretches: Iterable[ShownStretch], item: NumberedDifference) -> Text:
    """A wording with what differs in colour; brackets show it where there are no colours."""
    text = Text()
    style = _COLOURS[item.difference.severity]
    found = abridged(list(stretches), _AROUND)
    alone = len(found) == 1
    for each in found:
        words = each.text.replace("\n", "⏎")
        if each.difference is None:
            text.append(words)
            continue
        words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        text.append(words if alone else f"【{words}】", style)
    return text if text.plain else Text("（无）", "dim")


def _aligned(sides: list[Text], difference: Difference) -> list[Text]:
    """Two numbers one under the other; other wordings as they are."""
    if difference.kind not in (DifferenceKind.AMOUNT, DifferenceKind.YEAR, DifferenceKind.FORMAT):
        return sides
    if any(amount(text) is None for text in (difference.ours, difference.theirs)):
        return sides
    width = max(cell_len(side.plain) for side in sides)
    return [Text(" " * (width - cell_len(side.plain))).append_text(side) for side in sides]
