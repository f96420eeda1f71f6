"""Pages of a PDF on which nothing stands."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.asks import a_file_of_kind
from generator.checks.general.document.contents import contents_and_body
from generator.checks.rule import Check, Outcome, Passed, Rule
from generator.core.findings import Location
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

BLANK = Rule(
    "W966",
    "有空白页",
    "PDF 文稿的每一页都有内容；只有页码的算空白页。",
    "多半是分页符、分节符多了一个；读者会以为缺了一页。",
    "在原来的 Word 文件里删去多余的分页符、分节符后重新导出",
    "预算公开审核惯例",
    asks=(a_file_of_kind(".pdf"),),
)
RULES = (BLANK,)


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
