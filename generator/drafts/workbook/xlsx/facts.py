"""What a workbook's package holds besides the sheets: comments, macros, links, properties."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from generator.drafts.docx.facts import DOCUMENT_PROPERTIES, properties
from generator.drafts.draft import FileFacts, Spot, Trace
from generator.drafts.workbook.sheet import Sheet
from generator.drafts.workbook.xlsx.markup import Element, WorkbookPackage, text_of_string

_SHOWN = 3


def package_facts(package: WorkbookPackage, sheets: Sequence[Sheet]) -> FileFacts:
    """The facts of a workbook's file, but for what its sheets hide."""
    traces = [trace for trace in _traces(package, sheets) if trace.count]
    parts = {name: package.content(name) for name in DOCUMENT_PROPERTIES if name in package}
    return FileFacts(tuple(traces), tuple(properties(parts)))


def _traces(package: WorkbookPackage, sheets: Sequence[Sheet]) -> Iterator[Trace]:
    names = package.names()
    yield _comments(package, names, sheets)
    embedded = [posixpath.basename(name) for name in names if "/embeddings/" in name]
    yield Trace("嵌入文件", len(embedded), excerpt="、".join(embedded[:_SHOWN]))
    macros = [name for name in names if posixpath.basename(name).lower() == "vbaproject.bin"]
    yield Trace("宏", len(macros))
    links = [target for name in names if _is_link(name) for target in _targets(package, name)]
    yield Trace("外部链接", len(links), excerpt="、".join(links[:_SHOWN]))


def _comments(package: WorkbookPackage, names: Sequence[str], sheets: Sequence[Sheet]) -> Trace:
    found: list[Element] = []
    authors: dict[str, None] = {}
    for name in names:
        if not posixpath.basename(name).lower().startswith("comments") or "xl/" not in name:
            continue
        root = package.root(name)
        if root is None:
            continue
        found += root.iter("{*}comment")
        authors |= dict.fromkeys(each.text or "" for each in root.iter("{*}author"))
    if not found:
        return Trace("批注", 0)
    texts = (text_of_string(each) for each in found[0].iter("{*}text"))
    spot = Spot("格", 0, f"{found[0].get('ref', '')}格" if len(sheets) == 1 else "")
    known = spot if spot.words else None
    return Trace("批注", len(found), known, " ".join(texts), tuple(filter(None, authors)))


def _is_link(name: str) -> bool:
    return name.lower().startswith("xl/externallinks/") and name.lower().endswith(".xml")


def _targets(package: WorkbookPackage, name: str) -> list[str]:
    """The files that a link leads to, without their folders."""
    relations = package.relations(name)
    return [
        relation.get("Target", "").replace("\\", "/").rsplit("/", 1)[-1] for relation in relations
    ]
