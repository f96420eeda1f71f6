"""Wording of the performance forms: labels evened out for comparing, texts for the data.

A text draft comes out of a program that breaks words apart and mixes half- and
full-width punctuation, so its texts are evened out by these rules:

* ``,;:!?()`` beside a Chinese character become full-width; a comma or colon
  between digits stays (1,000 and 4:6), and so do the brackets of document
  numbers ([2019]2号);
* white space goes unless both its neighbours are Latin letters or digits; between
  two organisations, and between a document number and its title, one space stays;
* what is left of a table's markup in a cell is cut off.

A DOCX or PDF has its texts exactly as they were published; there only the white
space at the ends goes.
"""

from __future__ import annotations

from generator.core.text.patterns import late_pattern

_WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_PAIRED = {"(": ")", "（": "）"}
_SPACE = late_pattern(r"\s+")
_ORGANISATION = r"(?:厅|局|委员会|办公室|办公厅|人民政府|财政部|教育部|民政部)"
_ORGANISATION_BEFORE = late_pattern(rf"{_ORGANISATION}$")
_ORGANISATION_AFTER = late_pattern(rf"[一-鿿]{{2,12}}?{_ORGANISATION}")
_NUMBER_BEFORE = late_pattern(r"[〕】\])）]\s*\d+号$")
_TITLE_AFTER = late_pattern(r"关于|中共|《")
_NUMBER_AFTER = late_pattern(r"[一-鿿]{2,8}[〔【\[(（]\d{4}[〕】\])）]\s*\d+号")
_MARKUP = late_pattern(r"\s*</?t[dhr]\b")
_TAG = late_pattern(r"<[^>]*>")


def even(text: str) -> str:
    """A text by the rules of text drafts."""
    return _spaces(_punctuation(text.strip()))


def split_markup(text: str) -> tuple[str, str]:
    """A cell without the markup left in it, and the text inside that markup."""
    match = _MARKUP.search(text)
    if not match:
        return text, ""
    return text[: match.start()].strip(), _TAG.sub("", text[match.start() :])


def _punctuation(text: str) -> str:
    signs = list(text)
    partners = _partners(text)
    for place, sign in enumerate(signs):
        around = _neighbours(text, place)
        if place in partners:
            around += _neighbours(text, partners[place])
        between_digits = sign in ",:" and len(around) > 1 and all(c in "0123456789" for c in around)
        if not between_digits and any(not c.isascii() for c in around):
            signs[place] = sign.translate(_WIDE)
    return "".join(signs)


def _neighbours(text: str, place: int) -> list[str]:
    """The characters before and after a place, white space skipped."""
    before, after = text[:place].rstrip(), text[place + 1 :].lstrip()
    return [*before[-1:], *after[:1]]


def _partners(text: str) -> dict[int, int]:
    """For each parenthesis that has a partner, the place of the partner."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for place, sign in enumerate(text):
        if sign in _PAIRED:
            opened.append(place)
        elif sign in _PAIRED.values() and opened:
            start = opened.pop()
            partners[start], partners[place] = place, start
    return partners


def _spaces(text: str) -> str:
    pieces = _SPACE.split(text)
    evened = pieces[0]
    for piece in pieces[1:]:
        evened += (" " if _space_stays(evened, piece) else "") + piece
    return evened


def _space_stays(before: str, after: str) -> bool:
    if not before or not after:
        return False
    if before[-1].isascii() and before[-1].isalnum() and after[0].isascii() and after[0].isalnum():
        return True
    organisation = _ORGANISATION_AFTER.match(after)
    if _NUMBER_BEFORE.search(before):
        return bool(organisation or _TITLE_AFTER.match(after))
    numbered = before[-1].isalpha() or before[-1] == "》"
    return bool(
        (_ORGANISATION_BEFORE.search(before) and organisation)
        or (numbered and _NUMBER_AFTER.match(after))
    )
