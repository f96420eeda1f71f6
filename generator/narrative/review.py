"""Looks over what the text will say: missing reasons and prior years, stated totals."""

from __future__ import annotations

from collections.abc import Iterator

from generator.figures import FigureBook
from generator.findings import Finding
from generator.load.entity_folder import LoadedDisclosure
from generator.narrative.context import Narrative, UnknownFigureError

_EXPLAINED = (
    ("收入总计", "表一/收入/收入总计/金额", "上年/收入总计"),
    ("支出总计", "表一/支出/支出总计/合计", "上年/支出总计"),
    ("三公经费", "表十/合计/合计", "上年/三公经费"),
    ("机关运行经费", "表十一/部门合计/合计", "上年/机关运行经费"),
)
"""What 情况说明 一, 七 and 八 compare with last year and give a reason for."""


def review(
    loaded: LoadedDisclosure, narrative: Narrative, figures: FigureBook
) -> Iterator[Finding]:
    """Yields W212, W213 and W214 findings, and E303 for a stated total without a figure."""
    yield from _changes(loaded, narrative, figures)
    yield from _stated(loaded, narrative)


def _changes(
    loaded: LoadedDisclosure, narrative: Narrative, figures: FigureBook
) -> Iterator[Finding]:
    reasons = dict(loaded.disclosure.reasons.items())
    for name, current, prior in _EXPLAINED:
        if current not in figures:
            continue
        change = narrative.change(current, prior)
        if change is None and figures[current].value:
            place = loaded.source.place(("上年预算数",))
            yield Finding(
                "W213", f"没有填写“{name}”的上年预算数", f"在“上年预算数”里补上“{name}”（元）", place
            )
        elif change is not None and not change.unchanged and reasons[name] is None:
            message = f"“{name}”比上年{change.direction}{change.amount.text}万元，没有写原因"
            place = loaded.source.place(("变动原因",))
            yield Finding("W212", message, f"在“变动原因”里写上“{name}”", place)


def _stated(loaded: LoadedDisclosure, narrative: Narrative) -> Iterator[Finding]:
    for address, text in loaded.disclosure.stated.items():
        place = loaded.source.place(("核对数", address))
        try:
            figure = narrative.figure(address)
        except UnknownFigureError as error:
            yield Finding("E303", str(error), error.hint, place)
            continue
        if figure.text != text:
            message = f"{address} 算得 {figure.text or '空'}，核对数是 {text}"
            yield Finding("W214", message, "核对明细，或改正核对数", place)
