"""Writes the figures file: every figure with its address, value, text and sources."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.changes.explain import Explanation
from generator.changes.wording import driver_name
from generator.disclosure.disclosure import Entity
from generator.figures import FigureBook
from generator.ledger.entries import Ledger


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
    content = {
        "名称": entity.name,
        "类型": entity.kind,
        "年度": entity.year,
        "明细": [
            {
                "地址": entry.address,
                "元": f"{entry.amount:f}",
                "位置": f"{entry.place.file.relative_to(folder)}:{entry.place.line}",
            }
            for entry in ledger.entries()
        ],
        "数字": [
            {
                "地址": figure.address,
                "值": f"{figure.value:f}",
                "单位": figure.unit,
                "印出": figure.text,
                "来源": list(figure.sources),
            }
            for figure in figures
        ],
        "变动": [_change(each) for each in explanations],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _change(explanation: Explanation) -> dict[str, Any]:
    place, reason, choice = explanation.place, explanation.reason, explanation.choice
    return {
        "名称": place.name,
        "地址": explanation.comparison.current,
        "上年": f"{place.before:.2f}",
        "本年": f"{place.after:.2f}",
        "增减": f"{place.change:+.2f}",
        "原因": reason.text if reason else None,
        "自动生成": reason.automatic if reason else None,
        "点名": {driver_name(each): f"{each.amount:+.2f}" for each in choice.named}
        if choice
        else {},
        "其余": f"{choice.rest:+.2f}" if choice else None,
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
