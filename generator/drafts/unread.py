"""The pages of a draft that nobody could read, run by run: pictures, and text without a code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from generator.core.records import replace
from generator.drafts.draft import Line, Paragraph, Spot
from generator.drafts.parts import signposts

_WORDS = {
    signposts.PICTURE_PAGE: "没有文字（多半是图片）",
    signposts.GARBLED_PAGE: "的文字没有编码，读出来是乱码",
    signposts.PICTURE_TABLE: "的图里可能有表，没有读",
    signposts.SCAN: "是扫描的图片，文字是识别出来的，可能有错",
}


class UnreadPages(Struct, frozen=True):
    """Pages that follow each other and could not be read, or not all of them, or not surely."""

    first: int
    last: int
    aside: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the pages could be read."""
        return self.aside != signposts.PICTURE_TABLE

    @property
    def pages(self) -> str:
        """The pages as people name them: ``第5–16页``."""
        return f"第{self.first}页" if self.first == self.last else f"第{self.first}–{self.last}页"

    @property
    def message(self) -> str:
        """What is the matter with them."""
        return f"{self.pages}{_WORDS[self.aside]}"

    @property
    def spot(self) -> Spot:
        """Where they begin."""
        return Spot("页", self.first)


def unread_pages(lines: Iterable[Line]) -> tuple[UnreadPages, ...]:
    """The runs of pages that stand among the lines of a draft as unreadable."""
    return _runs(lines, signposts.UNREADABLE_PAGES)


def unread_other(lines: Iterable[Line]) -> Iterator[Line]:
    """What stands among the lines as unreadable and is no page."""
    for line in lines:
        if not isinstance(line, Paragraph) or line.aside not in signposts.UNREADABLE_PAGES:
            yield line


def recognised_pages(lines: Iterable[Line]) -> tuple[UnreadPages, ...]:
    """The runs of pages whose text is what a program took a picture for."""
    return _runs(lines, (signposts.SCAN,))


def _runs(lines: Iterable[Line], asides: Collection[str]) -> tuple[UnreadPages, ...]:
    runs: list[UnreadPages] = []
    for line in lines:
        if not isinstance(line, Paragraph) or line.aside not in asides:
            continue
        page = line.spot.number
        last = runs[-1] if runs else None
        if last and last.aside == line.aside and page - last.last <= 1:
            runs[-1] = replace(last, last=page)
        else:
            runs.append(UnreadPages(page, page, line.aside))
    return tuple(runs)
