"""How a document is cut into pieces."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.compose.document.parse import parse_document
from generator.printing.pieces.piece import Piece, cut

PARAGRAPHS = "<p>话</p>" * 200


def pieces(*sections: str) -> list[Piece]:
    """The pieces of a document of sections."""
    head = '<html lang="zh-CN"><head><title>表</title></head>'
    document = f"{head}<body>{''.join(sections)}</body></html>"
    return list(cut(parse_document(document, Path())))


def text(name: str, words: str, classes: str = "part") -> str:
    """A section of text that begins with a name."""
    return f'<section class="{classes}"><p id="{name}">{name}</p>{words}</section>'


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ([text("甲", "<p>短</p>"), text("乙", "<p>短</p>")], ["甲乙"]),
        ([text(name, PARAGRAPHS) for name in "甲乙丙"], ["甲乙", "丙"]),
        (
            [text("甲", PARAGRAPHS * 2), text("乙", PARAGRAPHS, "part continued"), text("丙", "")],
            ["甲乙", "丙"],
        ),
    ],
    ids=["short ones together", "long ones apart", "not where one goes on"],
)
def test_text_is_cut_where_there_is_enough_for_a_layout(
    sections: list[str], expected: list[str]
) -> None:
    names = [
        "".join(each.get("id", "") for section in piece.sections for each in section)
        for piece in pieces('<section class="part start"><h1>一</h1></section>', *sections)
    ]
    assert names == expected
