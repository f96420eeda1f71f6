"""A comparison for programs; the format is described in docs/diff.md."""

from __future__ import annotations

import json

from generator.compare.difference import Comparison, DifferenceKind
from generator.core.findings import Location, Severity
from generator.reports.diff.view import NumberedDifference, View
from generator.reports.excerpts import harmless_excerpt
from generator.reports.places import place_json

VERSION = 1
"""Raised when a key goes or changes its meaning; new keys may come without notice."""
CLASSES = {
    DifferenceKind.AMOUNT: "amount",
    DifferenceKind.TEXT: "text",
    DifferenceKind.MISSING: "missing",
    DifferenceKind.ADDED: "added",
    DifferenceKind.MOVED: "moved",
    DifferenceKind.NAME: "name",
    DifferenceKind.FORMAT: "format",
    DifferenceKind.NOISE: "noise",
    DifferenceKind.YEAR: "year",
}
WEIGHTS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def diff_json(comparison: Comparison) -> bytes:
    """The whole comparison, what is folded away included."""
    return view_json(View.of(comparison))


def view_json(view: View) -> bytes:
    """The same of a view of the comparison that has been built already."""
    comparison = view.comparison
    content = {
        "version": VERSION,
        "generated": comparison.ours,
        "draft": comparison.theirs,
        "years": comparison.years,
        "formats": list(comparison.formats),
        "equal": comparison.equal,
        "misread": len(comparison.misread),
        "counts": {name: view.counts[kind] for kind, name in CLASSES.items()},
        "weights": {name: view.weight(severity) for severity, name in WEIGHTS.items()},
        "differences": [_difference(item) for item in view.items],
        "remarks": [harmless_excerpt(remark) for remark in comparison.remarks],
        "unread": [harmless_excerpt(each) for each in comparison.unread],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _difference(item: NumberedDifference) -> dict[str, object]:
    difference = item.difference
    return {
        "number": item.number,
        "class": CLASSES[difference.kind],
        "weight": WEIGHTS[difference.severity],
        "folded": item.folded,
        "part": harmless_excerpt(item.part),
        "what": harmless_excerpt(difference.what),
        "generated": _side(difference.ours, difference.our_place),
        "draft": _side(difference.theirs, difference.their_place),
        "change": item.change or None,
        "source": harmless_excerpt(difference.source) or None,
        "cause": item.cause or None,
        "effects": list(item.effects),
    }


def _side(text: str, place: Location | None) -> dict[str, object]:
    return {"text": harmless_excerpt(text), "place": place_json(place)}
