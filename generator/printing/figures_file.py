"""Writes the figures file: every figure with its address, value, text and sources."""

from __future__ import annotations

import json
from collections.abc import Iterable
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import Any

from generator.changes.explain import Explanation
from generator.changes.reason_sentences import driver_name
from generator.compute.ledger.entries import Entry, Ledger
from generator.core.figures import Figure, FigureBook
from generator.model.disclosure import Entity


def figures_json(
    entity: Entity,
    ledger: Ledger,
    figures: FigureBook,
    folder: Path,
    explanations: Iterable[Explanation] = (),
) -> bytes:
    """Returns the JSON: leaves (元, place in the data), figures, changes with their reasons.

    Of each reason it says whether a machine wrote it.
    """
    sections = {
        "名称": _indented(entity.name),
        "类型": _indented(entity.kind),
        "年度": _indented(entity.year),
        "明细": _listed(_leaf(entry, folder) for entry in ledger.entries()),
        "数字": _listed(_figure(figure) for figure in figures if figure.known),
        "变动": _indented([_change(explanation) for explanation in explanations]),
    }
    content = ",\n".join(f" {quoted(name)}: {text}" for name, text in sections.items())
    return f"{{\n{content}\n}}\n".encode("utf-8", "replace")


def _indented(value: object) -> str:
    """A value one level below the top, as ``json.dumps(…, indent=1)`` writes it."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n ")


# Leaves and figures are thousands of objects of one shape: they are written into that shape,
# since the indenting encoder, which is not compiled, takes many times as long.


def _listed(objects: Iterable[str]) -> str:
    text = ",\n".join(objects)
    return f"[\n{text}\n ]" if text else "[]"


def _leaf(entry: Entry, folder: Path) -> str:
    file = entry.place.file.relative_to(folder)
    return (
        f'  {{\n   "地址": {quoted(entry.address)},\n   "元": "{entry.amount:f}",\n'
        f'   "位置": {quoted(f"{file}:{entry.place.line}")}\n  }}'
    )


def _figure(figure: Figure) -> str:
    sources = "".join([f"\n    {quoted(source)}," for source in figure.sources])
    listed = f"[{sources[:-1]}\n   ]" if sources else "[]"
    return (
        f'  {{\n   "地址": {quoted(figure.address)},\n   "值": "{figure.value:f}",\n'
        f'   "单位": {quoted(figure.unit)},\n   "印出": {quoted(figure.text)},\n'
        f'   "来源": {listed}\n  }}'
    )


def _change(explanation: Explanation) -> dict[str, Any]:
    place, reason, choice = explanation.place, explanation.reason, explanation.choice
    return {
        "名称": place.name,
        "地址": explanation.comparison.current,
        "上年": f"{place.before:f}",
        "本年": f"{place.after:f}",
        "增减": f"{place.change:+f}",
        "原因": reason.text if reason else None,
        "自动生成": reason.automatic if reason else None,
        "点名": {driver_name(each): f"{each.amount:+f}" for each in choice.named} if choice else {},
        "其余": f"{choice.rest:+f}" if choice else None,
        "构成": [
            {
                "类别": move.kind,
                "名称": move.name,
                "单位": move.unit,
                "上年元": f"{move.before:f}",
                "本年元": f"{move.after:f}",
            }
            for move in explanation.moves
        ],
    }
