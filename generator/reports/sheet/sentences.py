"""What is found, as a reviewer writes it into a check sheet: place, why, quotation, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from msgspec import Struct

from generator.checks.rules.any_content import FORMAT
from generator.checks.run import Report
from generator.checks.sheet.row import SheetRow
from generator.core.findings import Finding, Location, Severity
from generator.reports.code_names import short_name
from generator.reports.excerpts import harmless_excerpt
from generator.reports.groups import DATA
from generator.reports.places import where

_SHOWN = 3
"""How many other places of a finding, or parts that were not checked, are named."""
_WHOLE = ("全文", "正文")
"""Groups that say no more than that the document is meant."""


class ItemKind(Enum):
    """What an entry under 存在问题 is; only faults and doubts are problems."""

    FAULT = auto()
    DOUBT = auto()
    NOTE = auto()
    ACCEPTED = auto()
    UNCHECKED = auto()
    HELD = auto()
    ABSENT = auto()


class SheetProblem(Struct, frozen=True):
    """An entry under 存在问题, in full sentences."""

    kind: ItemKind
    text: str


_KINDS = {
    Severity.ERROR: (ItemKind.FAULT, ""),
    Severity.WARNING: (ItemKind.DOUBT, "需核实："),
    Severity.NOTE: (ItemKind.NOTE, "提示："),
}


class Sentences:
    """Writes the entries of one report."""

    def __init__(self, report: Report, *, show_all: bool = False) -> None:
        self._report = report
        self._most = None if show_all else _SHOWN

    def finding(self, finding: Finding, row: SheetRow | None) -> SheetProblem:
        """An open finding."""
        kind, label = _KINDS[finding.severity]
        return SheetProblem(kind, f"{label}{self._sentence(finding, row)}[{finding.code}]")

    def accepted(self, alike: Sequence[Finding], reason: str, row: SheetRow | None) -> SheetProblem:
        """Findings of one rule that the data accepts for one reason."""
        shown = alike[: self._most]
        sentences = "".join(self._sentence(finding, row) for finding in shown)
        rest = len(alike) - len(shown)
        count = f"，共 {len(alike)} 处" if len(alike) > 1 else ""
        more = f"另有 {rest} 处。" if rest else ""
        why = harmless_excerpt(reason).rstrip("。")
        return SheetProblem(
            ItemKind.ACCEPTED,
            f"已按实公布，不算问题{count}：{sentences}{more}理由：{why}。[{alike[0].code}]",
        )

    def unchecked(
        self, code: str, why: str, groups: Sequence[str], row: SheetRow | None
    ) -> SheetProblem:
        """A rule that could not be applied, why, and to which parts if they are not the row."""
        if code == FORMAT.code:
            return SheetProblem(
                ItemKind.UNCHECKED, f"没有按模板包核对：{harmless_excerpt(why).rstrip('。')}。"
            )
        name = harmless_excerpt(short_name(code, self._report.pack_rules.rules))
        parts = [
            harmless_excerpt(part)
            for fromkey in dict.fromkeys(groups)
            if (part := _part(fromkey, row))
        ]
        named = parts[: self._most]
        more = f"等 {len(parts)} 处" if len(parts) > len(named) else ""
        where_ = f"（{'、'.join(named)}{more}）" if named else ""
        return SheetProblem(
            ItemKind.UNCHECKED,
            f"未核对“{name}”{where_}：{harmless_excerpt(why).rstrip('。')}。[{code}]",
        )

    def _sentence(self, finding: Finding, row: SheetRow | None) -> str:
        place = self._where(finding.place)
        part = harmless_excerpt(_part(finding.group, row))
        head = "，".join(filter(None, (place, "" if part in place else part)))
        message = harmless_excerpt(finding.message).rstrip("。")
        besides = "；".join(filter(None, (self._quotation(finding, message), self._also(finding))))
        text = f"{head}：{message}" if head else message
        text += f"（{besides}）" if besides else ""
        return f"{text}。"

    def _where(self, place: Location | None) -> str:
        """A place; a line of the document itself without the name of its file."""
        if place is not None and place.line and place.file == self._report.file:
            spot = f"（{harmless_excerpt(place.spot)}）" if place.spot else ""
            return f"第{place.line}行{spot}"
        return where(place, self._report.file)

    def _quotation(self, finding: Finding, message: str) -> str:
        """The words of the document, unless the message has them."""
        words = harmless_excerpt(finding.excerpt).strip()
        return f"原文：{words}" if words and words.strip("…") not in message else ""

    def _also(self, finding: Finding) -> str:
        places = [self._where(place) for place in finding.also]
        told = self._where(finding.place)
        others = [place for place in dict.fromkeys(places) if place and place != told]
        named = others[: self._most]
        more = f"等 {len(others)} 处" if len(others) > len(named) else ""
        return f"另见{'、'.join(named)}{more}" if named else ""


def _part(group: str, row: SheetRow | None) -> str:
    """A part of the document, if the row says no better where something is."""
    if row is None:
        return "" if group in _WHOLE else group or DATA
    if row.title.startswith(group) or group.endswith(row.title):
        return ""
    named = any(group == name or group.startswith(f"{name} ") for name in row.groups)
    return group if named and group not in _WHOLE else ""
