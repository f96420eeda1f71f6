"""Reads the statements and letters that follow 其他说明."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from generator.core.dates import read_date, usual_words
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Line, Spot
from generator.drafts.parts import signposts
from generator.drafts.parts.outline import DraftOutline
from generator.drafts.words.text import folded
from generator.importing.reading import ImportResult
from generator.importing.section_text import line_text, words
from generator.pack.outline import Role

_DATE = late_pattern(r"\d{4}年\d{1,2}月\d{1,2}日")
_SENTENCE = late_pattern(r"[，。；：！？,;:!?]")
_SHORT = 30
"""Titles, addressees and signatures are no longer."""


class _Text(NamedTuple):
    text: str
    spot: Spot


def import_letters(reading: ImportResult, outline: DraftOutline, pattern: str | None) -> None:
    """Fills 附件: what follows the notes in their section, and the letters after it.

    ``pattern`` is how the pack prints dates, if it says so; then the data has them in usual words.
    """
    unread = {line.serial for line in reading.unread()}
    rest = [line for line in outline.about(Role.OTHER_NOTES) if line.serial in unread]
    letters = _split(
        *(
            [_dated(text, pattern) for text in _texts(reading, lines)]
            for lines in (rest, outline.letters)
        )
    )
    own = _own_title(reading, outline)
    reading.use(*rest, *outline.letters)
    if letters:
        name = str(reading.sections.get("单位信息", {}).get("名称", ""))
        reading.sections["附件"] = [
            _letter(reading, number, texts, name) if titled else _untitled(reading, number, texts)
            for number, (titled, texts) in enumerate(letters)
        ]
        if own and not letters[0][0]:
            body = [each.text for each in letters[0][1]]
            reading.sections["附件"][0] = {"标题": own[0].text, "正文": body}


def _own_title(reading: ImportResult, outline: DraftOutline) -> list[_Text]:
    """The heading of the notes, if it is not the one that the pack prints."""
    name = outline.format.outline.of(Role.OTHER_NOTES)
    headings = [
        line
        for line in outline.headings
        if name and outline.format.heading(folded(line.text)) == name
    ]
    own = {folded(title) for title in outline.format.outline.by_id[name].titles} if name else set()
    return _texts(reading, [line for line in headings if folded(line.text) not in own])


def _texts(reading: ImportResult, lines: Sequence[Line]) -> list[_Text]:
    found = ((words(line_text(line), reading.draft), line.spot) for line in lines)
    return [_Text(text, spot) for text, spot in found if text]


def _dated(text: _Text, pattern: str | None) -> _Text:
    """A line that is a date as the pack prints it: in the words of the data."""
    day = read_date(text.text, pattern) if pattern else None
    return text._replace(text=usual_words(day)) if day else text


def _split(rest: Sequence[_Text], letters: Sequence[_Text]) -> list[tuple[bool, list[_Text]]]:
    """Untitled statement first, then a letter from each title on."""
    texts = [*rest, *letters]
    parts: list[tuple[bool, list[_Text]]] = []
    for at, text in enumerate(texts):
        opens = at == len(rest) and bool(letters)
        if opens or _is_title(texts, at):
            parts.append((True, [text]))
        elif parts:
            parts[-1][1].append(text)
        else:
            parts.append((False, [text]))
    return parts


def _is_title(texts: Sequence[_Text], at: int) -> bool:
    text = texts[at].text
    if _SENTENCE.search(text) or len(text) > _SHORT or _DATE.fullmatch(text):
        return False
    if at + 1 < len(texts) and _is_addressee(texts[at + 1].text):
        return True
    after_letter = at > 0 and bool(_DATE.fullmatch(texts[at - 1].text))
    return after_letter and bool(signposts.LETTER.fullmatch(folded(text)))


def _is_addressee(text: str) -> bool:
    return len(text) <= _SHORT and text.endswith(("：", ":")) and not _SENTENCE.search(text[:-1])


def _untitled(reading: ImportResult, number: int, texts: Sequence[_Text]) -> dict[str, Any]:
    first = texts[0]
    if len(texts) > 1 and len(first.text) <= _SHORT and not _SENTENCE.search(first.text):
        reading.doubt(("附件", number), f"“{first.text}”可能是标题，按正文读入", first.spot)
    return {"正文": [text.text for text in texts]}


def _letter(
    reading: ImportResult, number: int, texts: Sequence[_Text], publisher: str
) -> dict[str, Any]:
    letter: dict[str, Any] = {"标题": texts[0].text}
    body = list(texts[1:])
    if body and _is_addressee(body[0].text):
        letter["主送"] = body.pop(0).text[:-1]
    ending: dict[str, str] = {}
    if body and _DATE.fullmatch(body[-1].text):
        ending["日期"] = body.pop().text
    if body and _is_signature(body[-1].text):
        signature = body.pop()
        if not ending and folded(signature.text) != folded(publisher):
            message = f"“{signature.text}”按落款读入"
            reading.doubt(("附件", number, "落款"), message, signature.spot)
        ending = {"落款": signature.text} | ending
    return letter | {"正文": [each.text for each in body]} | ending


def _is_signature(text: str) -> bool:
    return len(text) <= _SHORT and not _SENTENCE.search(text)
