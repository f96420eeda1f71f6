"""What a Word file holds besides what its pages show."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from generator.core.text.patterns import late_pattern
from generator.drafts.docx.chart_workbook import shows_all
from generator.drafts.docx.charts import shown_values
from generator.drafts.docx.looks import RunLooks
from generator.drafts.docx.notes import headers_and_footers, parts_of_kind
from generator.drafts.docx.package import Parts, parse, relations
from generator.drafts.docx.text import AcceptedText, Element, W
from generator.drafts.draft import FileFacts, Spot, Trace
from generator.drafts.safety.guard import part

if TYPE_CHECKING:
    from docx.document import Document

_RUN, _TEXT = f"{W}r", f"{W}t"
_CHANGED = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")) + tuple(
    f"{W}{name}Change" for name in ("rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid")
)
_PROPERTIES = {
    "creator": "作者",
    "lastModifiedBy": "最后保存者",
    "title": "标题",
    "subject": "主题",
    "keywords": "关键词",
    "description": "备注",
    "category": "类别",
    "Manager": "经理",
    "Company": "单位",
    "HyperlinkBase": "超链接基础",
}
DOCUMENT_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_CHART = late_pattern(r"word/charts/chart\d*\.xml")
_OWN_TEMPLATES = ("normal.dotm", "normal.dot", "normal.wpt")
"""Templates that every computer has: that a document rests on them says nothing."""


def file_facts(
    parts: Parts, document: Document, elements: Mapping[int, Element], looks: RunLooks
) -> FileFacts:
    """The facts of a Word file.

    Args:
        parts: the parts of its package, as they stand there.
        document: the opened document.
        elements: the paragraphs and rows of the body, by number.
        looks: which of its runs nobody sees.
    """
    numbers = {id(element): number for number, element in elements.items()}
    roots = [(document.element.body, Spot("段", 0))]
    roots += [(root, Spot(kind, 1)) for kind, _, root in headers_and_footers(document)]
    for name, kind in (("footnotes", "脚注"), ("endnotes", "尾注")):
        roots += [(root, Spot(kind, 1)) for _, root in parts_of_kind(document, name)]
    hidden = _hidden(roots, numbers, looks)
    traces = [_changes(roots, numbers), _comments(document, numbers), hidden]
    found = [trace for trace in (*traces, *_contained(parts)) if trace.count]
    return FileFacts(tuple(found), tuple(properties(parts)))


def _changes(roots: list[tuple[Element, Spot]], numbers: Mapping[int, int]) -> Trace:
    found = [(element, spot) for root, spot in roots for element in root.iter(*_CHANGED)]
    authors = {element.get(f"{W}author", ""): None for element, _ in found}
    spot = _spot(*found[0], numbers) if found else None
    return Trace("修订", len(found), spot, authors=tuple(filter(None, authors)))


def _comments(document: Document, numbers: Mapping[int, int]) -> Trace:
    comments = [
        comment
        for _, root in parts_of_kind(document, "comments")
        for comment in root.iterchildren(f"{W}comment")
    ]
    if not comments:
        return Trace("批注", 0)
    authors = {comment.get(f"{W}author", ""): None for comment in comments}
    reference = next(document.element.body.iter(f"{W}commentReference"), None)
    spot = None if reference is None else _spot(reference, Spot("段", 0), numbers)
    texts = (AcceptedText().read(each).text for each in comments[0].iter(f"{W}p"))
    return Trace("批注", len(comments), spot, "".join(texts), tuple(filter(None, authors)))


def _hidden(
    roots: list[tuple[Element, Spot]], numbers: Mapping[int, int], looks: RunLooks
) -> Trace:
    """Runs that nobody sees and that hold text; fields of contents are hidden in every document."""
    found = [
        (run, spot, text)
        for root, spot in roots
        for run in root.iter(_RUN)
        if (text := "".join(each.text or "" for each in run.iterchildren(_TEXT))).strip()
        and looks.hides(run)
    ]
    if not found:
        return Trace("隐藏文字", 0)
    run, spot, text = found[0]
    return Trace("隐藏文字", len(found), _spot(run, spot, numbers), text)


def _spot(element: Element, spot: Spot, numbers: Mapping[int, int]) -> Spot | None:
    """Where an element stands: in the body, the paragraph or row around it."""
    if spot.number:
        return spot
    around = (element, *element.iterancestors())
    known = (numbers[id(each)] for each in around if id(each) in numbers)
    number = next(known, None)
    return None if number is None else Spot("段", number)


def _contained(parts: Parts) -> Iterator[Trace]:
    known = set(_workbooks_of_charts(parts))
    embedded = [
        posixpath.basename(name) for name in parts if "/embeddings/" in name and name not in known
    ]
    yield Trace("嵌入文件", len(embedded), excerpt="、".join(embedded[:3]))
    macros = [name for name in parts if posixpath.basename(name).lower() == "vbaproject.bin"]
    yield Trace("宏", len(macros))
    with part("word/settings.xml"):
        linked = [
            target
            for relation in relations(parts, "word/settings.xml")
            if relation.get("Type", "").endswith("/attachedTemplate")
            and relation.get("TargetMode") == "External"
            and (target := relation.get("Target", "").replace("\\", "/").rsplit("/", 1)[-1])
            and target.lower() not in _OWN_TEMPLATES
        ]
    yield Trace("外部模板", len(linked), excerpt="、".join(linked))


def _workbooks_of_charts(parts: Parts) -> Iterator[str]:
    """The workbooks in charts that hold nothing but what the chart shows."""
    for name in parts:
        if not _CHART.fullmatch(name):
            continue
        shown = shown_values(parts[name])
        for relation in relations(parts, name):
            target = posixpath.normpath(
                posixpath.join("/", posixpath.dirname(name), relation.get("Target", ""))
            ).lstrip("/")
            internal = relation.get("TargetMode") != "External"
            if internal and target in parts and shows_all(parts[target], shown):
                yield target


def properties(parts: Parts) -> Iterator[tuple[str, str]]:
    """The properties that have a text, by the names that office programs give them."""
    for name in DOCUMENT_PROPERTIES:
        with part(name):
            for element in parse(parts[name]) if name in parts else ():
                if not isinstance(element.tag, str):
                    continue
                text = "".join(map(str, element.itertext())).strip()
                tag = element.tag.rpartition("}")[2]
                label = element.get("name", "") if tag == "property" else _PROPERTIES.get(tag, "")
                if label and text:
                    yield label, text
