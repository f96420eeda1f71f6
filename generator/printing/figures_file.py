"""Writes the figures file: every figure with its address, value, text and sources."""

from __future__ import annotations

import json
from pathlib import Path

from generator.disclosure.disclosure import Entity
from generator.figures import FigureBook
from generator.ledger.entries import Ledger


def figures_json(entity: Entity, ledger: Ledger, figures: FigureBook, folder: Path) -> bytes:
    """Returns the JSON: the leaves (元, place in the data) and every figure computed from them."""
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
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
