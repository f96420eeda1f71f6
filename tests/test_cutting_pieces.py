"""How a document is cut into pieces, and which of them a second process begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.compose.document.tree import parse_document
from generator.printing.pieces.making import texts_of_half
from generator.printing.pieces.piece import Piece, cut

PARAGRAPHS = "<p>话</p>" * 200
TABLE = (
    '<table><colgroup><col style="width: 100%"/></colgroup>'
    f"<tbody>{'<tr><td>1</td></tr>' * 300}</tbody></table>"
)


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


def test_the_second_process_begins_with_text_up_to_half_of_the_work() -> None:
    """A grid takes a fifteenth of what its elements would take as text."""
    grid = f'<section class="statement"><h2>表</h2>{TABLE}</section>'
    start = text("始", "", "part start")
    few = pieces(start, *(text(name, PARAGRAPHS * 2) for name in "甲乙丙丁"), grid)
    assert [piece.may_be_grid for piece in few] == [False] * 4 + [True]
    assert texts_of_half(few) == [few[3], few[2]]
    many = pieces(start, text("甲", PARAGRAPHS), *[grid] * 60)
    assert texts_of_half(many) == [many[0]]
