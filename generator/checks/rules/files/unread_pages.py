"""Pages of a PDF that could not be read: nothing on them was checked."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.asks import a_file_of_kind
from generator.checks.rule import Check, Outcome, Passed, Rule
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument
from generator.reading.locations import place_at

_LAW = "《政府信息公开条例》；《地方预决算公开操作规程》（财预〔2016〕143号）"
_REMEDY = "从原来的 Word 文件重新导出 PDF；只有扫描件的，先做文字识别，再用识别后的文件核对"

UNREAD = Rule(
    "E780",
    "有的页没有文字",
    "PDF 文稿的每一页都有读得出来的文字；整页是图片，或文字没有编码的，逐段列出页码。",
    "图片上的表和文字没有核对，错了也查不出来；公开以后，公众也不能查找、复制。",
    _REMEDY,
    _LAW,
    asks=(a_file_of_kind(".pdf"),),
)
PICTURE = Rule(
    "W781",
    "图里可能有表",
    "有文字的页上没有占页面四分之一以上的图片；写明是结构图等图表的不算。",
    "表截成图片贴进文稿，里面的数字没有核对。",
    "把图片换成表格重新导出；图片确实不是表的，人工看过即可",
    _LAW,
    asks=(a_file_of_kind(".pdf"),),
)
RECOGNISED = Rule(
    "N782",
    "文字是识别出来的",
    "PDF 文稿的文字不是扫描图片上面的识别层；是的，逐段列出页码。",
    "识别会认错字和数，发现的问题可能出自识别，没发现的也可能是识别漏了。",
    "有原来的 Word 文件就重新导出 PDF；没有的，对照图片看过再用",
    _LAW,
    asks=(a_file_of_kind(".pdf"),),
)
RULES = (UNREAD, PICTURE, RECOGNISED)


def _unread(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    whole = [run for run in document.unread_pages if run.is_whole]
    pictures = [run for run in document.unread_pages if not run.is_whole]
    for rule, runs in (
        (UNREAD, whole),
        (PICTURE, pictures),
        (RECOGNISED, document.recognised_pages),
    ):
        for run in runs:
            place = place_at(document.file, run.spot)
            yield rule.finding(run.message, place, group="页面", subjects=("页面",))
        if not runs and document.file.suffix.lower() == ".pdf":
            yield Passed(rule.code)


CHECKS: tuple[Check, ...] = (_unread,)
