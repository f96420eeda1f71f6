"""Comments in a Word draft: what they say of a difference, and how they are added."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Length, Pt

from generator.compare.difference import Difference, DifferenceKind
from generator.compare.redline.xml import AUTHOR, stamp
from generator.core.clock import publication_time
from generator.core.findings import Location

_INITIALS = "核"
_SIZE = Pt(9)
"""Of the words: comments take the draft's body text for theirs where no style is made for them."""
_LONGEST = 200
"""Characters of a wording that a comment repeats."""
_NOTHING = "（空）"

_REMEDIES = {
    DifferenceKind.AMOUNT: (
        "请核对数据：数据无误的，按生成的文本改正文稿；文稿无误的，改正数据后重新生成。"
    ),
    DifferenceKind.NAME: "请核对名称：以批复和预算科目表上的名称为准，改正文稿或者数据。",
    DifferenceKind.TEXT: "请核对文字：按生成的文本改正文稿，或者把文稿的写法补进数据后重新生成。",
    DifferenceKind.MISSING: "请核对：应当公开的，补进文稿；不应当公开的，从数据中删去后重新生成。",
    DifferenceKind.ADDED: "请核对：数据中遗漏的，补进数据后重新生成；不应当公开的，从文稿中删去。",
    DifferenceKind.MOVED: "请按规定的顺序调整文稿，或者核对数据中的顺序。",
}
_ACCEPT = "本处已作修订：接受即采用生成的文本，拒绝即保留文稿原文。"


class Comments:
    """The comments of a draft, to which ours are added."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._time = publication_time()

    def add(self, difference: Difference, *, tracked: bool) -> int:
        """Adds the comment on a difference; returns the number that its marks bear."""
        text = "\n".join(comment_lines(difference, tracked=tracked))
        comment = self._document.comments.add_comment(text, author=AUTHOR, initials=_INITIALS)
        for paragraph in comment.paragraphs:
            paragraph.paragraph_format.first_line_indent = Length(0)
            for run in paragraph.runs:
                run.font.size = _SIZE
        part = self._document.part.part_related_by(RELATIONSHIP_TYPE.COMMENTS)
        stamp(part.element[-1], self._time)  # type: ignore[attr-defined]  # a part made of XML
        return comment.comment_id


def comment_lines(difference: Difference, *, tracked: bool) -> Iterator[str]:
    """The lines of a comment: class and weight, both wordings, source of the number, remedy.

    ``tracked``: the generated wording stands beside the comment as a tracked change.
    """
    kind = difference.kind
    yield f"【{difference.severity}·{kind}】{difference.what}"
    yield from _wordings(difference)
    if difference.source:
        yield f"生成的数来自：{difference.source}"
    if difference.our_place is not None and difference.our_place.line:
        yield f"数据见：{_short_place(difference.our_place)}"
    yield _REMEDIES.get(kind, "请核对。")
    if tracked:
        yield _ACCEPT


def _wordings(difference: Difference) -> Iterator[str]:
    ours, theirs = (_short(text) or _NOTHING for text in (difference.ours, difference.theirs))
    match difference.kind:
        case DifferenceKind.MISSING:
            yield f"文稿缺少的内容（约在此处之后）：{_short(difference.ours or difference.what)}"
        case DifferenceKind.ADDED:
            yield "生成的文本没有这一处。"
        case DifferenceKind.MOVED if ours == theirs:
            yield "这一处在文稿中的位置，与生成的文本不同。"
        case _:
            yield f"生成的文本：{ours}"
            yield f"文稿：{theirs}"


def _short(text: str) -> str:
    words = " ".join(text.split("\n"))
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…（共{len(words)}字）"


def _short_place(place: Location) -> str:
    spot = f"（{place.spot}）" if place.spot else ""
    return f"{place.file.name} 第{place.line}行{spot}"
