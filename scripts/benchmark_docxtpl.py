"""Turns a DOCX into a docxtpl template and its context: for the benchmark only.

The template is what somebody who knows docxtpl would make of the document: blocks and
rows of one shape stand in it once, in loops; text that is the same wherever a shape is
used is text of the template; spans, styles, sections and pictures are the template's.
Filled with the context it gives the same document again.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

Element = etree._Element

PART = "word/document.xml"
_TEXTS = (qn("w:t"), qn("w:instrText"))
_NAMED = (
    (qn("w:bookmarkStart"), qn("w:id")),
    (qn("w:bookmarkStart"), qn("w:name")),
    (qn("w:bookmarkEnd"), qn("w:id")),
    (qn("w:hyperlink"), qn("w:anchor")),
    (qn("w:tblCaption"), qn("w:val")),
)
_LONGEST_PATTERN = 8  # blocks that repeat together: the headings and the table of a form
_FEWEST_REPEATS = 3


def docxtpl_template(docx: bytes) -> tuple[bytes, dict[str, Any]]:
    """The template as a file, and the context that fills it."""
    with zipfile.ZipFile(io.BytesIO(docx)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    root = etree.fromstring(parts[PART], etree.XMLParser(huge_tree=True))
    body = root[0]
    *elements, properties = body
    blocks = [_Block.of(element) for element in elements]
    context: dict[str, Any] = {}
    template: list[Element] = []
    for number, (pattern, uses) in enumerate(_patterns(blocks)):
        template += _loop(f"loop{number}", pattern, uses, context)
    body[:] = [*template, properties]
    parts[PART] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return result.getvalue(), context


@dataclass
class _Piece:
    """A paragraph or a row: its shape as XML with empty slots, and what stands in the slots."""

    shape: bytes
    values: list[str]

    @staticmethod
    def of(element: Element) -> _Piece:
        blank = deepcopy(element)
        values = [_emptied(each, name) for each, name in _slots(blank)]
        return _Piece(etree.tostring(blank, with_tail=False), values)


@dataclass
class _Block:
    """A paragraph, or a table with its rows."""

    piece: _Piece
    rows: list[_Piece] = field(default_factory=list)

    @staticmethod
    def of(element: Element) -> _Block:
        if element.tag != qn("w:tbl"):
            return _Block(_Piece.of(element))
        rows = [_Piece.of(row) for row in element.iterchildren(qn("w:tr"))]
        shell = deepcopy(element)
        for row in list(shell.iterchildren(qn("w:tr"))):
            shell.remove(row)
        return _Block(_Piece.of(shell), rows)


def _slots(element: Element) -> Iterator[tuple[Element, str | None]]:
    """Where something can stand: elements, with the attribute if it is one."""
    for each in element.iter(*_TEXTS, *{tag for tag, _ in _NAMED}):
        if each.tag in _TEXTS:
            yield each, None
        for tag, name in _NAMED:
            if each.tag == tag:
                yield each, name


def _emptied(element: Element, name: str | None) -> str:
    if name is None:
        value, element.text = element.text or "", ""
        return value
    value = element.get(name, "")
    element.set(name, "")
    return value


def _filled(shape: bytes, fillings: Iterable[str]) -> Element:
    element = etree.fromstring(shape)
    for (each, name), filling in zip(_slots(element), fillings, strict=True):
        if name is None:
            each.text = filling
        else:
            each.set(name, filling)
    return element


def _patterns(blocks: Sequence[_Block]) -> Iterator[tuple[int, list[Sequence[_Block]]]]:
    """Cuts the blocks into patterns: how many blocks each has, and its uses one after another."""
    shapes = [block.piece.shape for block in blocks]
    at = 0
    while at < len(blocks):
        length, count = max(
            ((length, _repeats(shapes, at, length)) for length in range(1, _LONGEST_PATTERN + 1)),
            key=lambda each: (each[0] * each[1] if each[1] >= _FEWEST_REPEATS else 0, -each[0]),
        )
        count = count if count >= _FEWEST_REPEATS else 1
        length = length if count > 1 else 1
        yield length, [blocks[at + i * length : at + (i + 1) * length] for i in range(count)]
        at += length * count


def _repeats(shapes: Sequence[bytes], at: int, length: int) -> int:
    count = 1
    while shapes[at + count * length : at + (count + 1) * length] == shapes[
        at : at + length
    ] and at + (count + 1) * length <= len(shapes):
        count += 1
    return count


def _loop(
    name: str, length: int, uses: list[Sequence[_Block]], context: dict[str, Any]
) -> Iterator[Element]:
    """The template of a pattern, in a loop if it is used more than once."""
    looped = len(uses) > 1
    prefix = "use" if looped else name
    values: list[list[Any]] = [[] for _ in uses]
    parts = []
    for position in range(length):
        column = [use[position] for use in uses]
        parts.append(_block(f"{prefix}[{position}]", column, values))
    context[name] = values if looped else values[0]
    if looped:
        yield _tag("p", f"for use in {name}")
    yield from parts
    if looped:
        yield _tag("p", "endfor")


def _block(source: str, uses: list[_Block], values: list[list[Any]]) -> Element:
    """The template of one block of a pattern; adds to the values of each use."""
    piece = uses[0].piece
    own = [use.piece for use in uses]
    if not uses[0].rows:
        fillings = _fillings(own, source)
        for use, held in zip(uses, values, strict=True):
            held.append(use.piece.values)
        return _filled(piece.shape, fillings)
    rows = [row for use in uses for row in use.rows]
    kinds = {shape: i for i, (shape, _) in enumerate(Counter(r.shape for r in rows).most_common())}
    for use, held in zip(uses, values, strict=True):
        held.append([use.piece.values, [[kinds[row.shape], row.values] for row in use.rows]])
    table = _filled(piece.shape, _fillings(own, f"{source}[0]"))
    table.append(_tag("tr", f"for row in {source}[1]"))
    for shape, kind in kinds.items():
        if len(kinds) > 1:
            table.append(_tag("tr", f"{'elif' if kind else 'if'} row[0] == {kind}"))
        alike = [row for row in rows if row.shape == shape]
        table.append(_filled(shape, _fillings(alike, "row[1]")))
    if len(kinds) > 1:
        table.append(_tag("tr", "endif"))
    table.append(_tag("tr", "endfor"))
    return table


def _fillings(pieces: Sequence[_Piece], source: str) -> Iterator[str]:
    """What the template has in the slots of a shape: text where it never differs, and in heads."""
    head = b"<w:tblHeader/>" in pieces[0].shape
    for number, values in enumerate(zip(*(piece.values for piece in pieces), strict=True)):
        same = (head or len(pieces) > 1) and len(set(values)) == 1
        yield values[0] if same else f"{{{{ {source}[{number}] }}}}"


def _tag(kind: str, statement: str) -> Element:
    """A paragraph or a row that only holds a statement."""
    content = f"<w:p><w:r><w:t>{{%{kind} {statement} %}}</w:t></w:r></w:p>"
    if kind == "tr":
        content = f"<w:tr><w:tc>{content}</w:tc></w:tr>"
    namespace = f'xmlns:w="{qn("w:p")[1:].partition("}")[0]}"'
    return etree.fromstring(f"<w:body {namespace}>{content}</w:body>")[0]
