"""Pages of a PDF on which nothing stands."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.general.document.contents import contents_and_body
from generator.checks.general.document.rules import BLANK
from generator.checks.rule import Check, Outcome, Passed
from generator.core.findings import Location
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument


def _blank(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    if document.file.suffix.lower() != ".pdf":
        return
    if not document.facts.blank_pages:
        yield Passed(BLANK.code)
        return
    listed, _body = contents_and_body(document.blocks)
    last = max((entry.line.page for entry in listed), default=-1)
    for page in document.facts.blank_pages:
        after = "，在目录之后" if page == last + 1 else ""
        yield BLANK.finding(
            f"第{page}页是空白页{after}",
            Location(document.file, spot=f"第{page}页"),
            group="页面",
            subjects=("页面",),
        )


CHECKS: tuple[Check, ...] = (_blank,)
