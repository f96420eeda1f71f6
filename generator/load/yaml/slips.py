"""Slips of typing in YAML: what an input method or a spreadsheet writes for what YAML wants.

A slip is only a guess until something confirms it: that the file can be read without it
(:mod:`generator.load.yaml.slip_causes`), or that a text was found where a mapping or a list was
wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.core.memo import memo
from generator.core.records import replace
from generator.core.text.patterns import late_pattern

SPACES = "\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff"
"""Characters that look like a space, or like nothing, and are none to YAML; for use in [ ]."""
_DASHES = "－—–‒―−﹣‐‑·•●▪◆*"
_GAP = rf"[ \t{SPACES}]*"
_KEY = r"[^\s:：,，{}\[\]｛｝［］【】#'\"“”]{1,40}|\"[^\"\n]*\"|'[^'\n]*'"
_QUOTES = "“”‘’＂＇\"'"

_COLON = late_pattern(
    rf"(?:^{_GAP}(?:[-{_DASHES}]{_GAP})*|[{{\[,，｛［]{_GAP})(?P<key>{_KEY})"
    rf"(?P<slip>{_GAP}：{_GAP}|:[{SPACES}]+|:(?=[^\s,}}\]]))",
    re.MULTILINE,
)
_NO_COLON = late_pattern(
    r"^ *(?:- +)*(?P<key>(?![-.])[^\s:：,，;；={}\[\]#'\"]{1,40})"
    r"(?P<slip>[ \t]+(?=[\d\"'{\[])|[ \t]*[=;；][ \t]*|(?=[ \t]*$))",
    re.MULTILINE,
)
_DEEPER = late_pattern(
    r"^(?P<above> *)(?:- +)?[^\s:#-][^\n:]*: +[^\s#][^\n]*\n"
    r"(?P<slip>(?P=above) +)(?=[^\s:#-][^\n:]*:(?:\s|$))",
    re.MULTILINE,
)
_OPEN_QUOTE = late_pattern(
    rf"[:,\[{{-] *(?P<slip>(?P<quote>[\"'])(?:(?!(?P=quote))[^\n])*?)(?={_GAP}$)", re.MULTILINE
)
_DASH = late_pattern(
    rf"^{_GAP}(?P<slip>[{_DASHES}]{_GAP}|-(?:[{SPACES}]+|(?=[^\s\-\d.])))(?=\S)", re.MULTILINE
)
_INDENT = late_pattern(rf"^(?P<slip> *[\t{SPACES}][ \t{SPACES}]*)(?=\S)", re.MULTILINE)
_COMMA = late_pattern(rf"(?P<slip>，{_GAP})")
_BRACKET = late_pattern(r"(?P<slip>[｛｝［］【】])")
_QUOTED = late_pattern(
    rf"[:：,，\[{{｛［-]{_GAP}(?P<slip>[{_QUOTES}][^{_QUOTES}\n]*[{_QUOTES}])"
    rf"(?={_GAP}(?:[,，}}\]｝］]|#|$))",
    re.MULTILINE,
)
_HALF_BRACKETS = str.maketrans("｛｝［］【】", "{}[][]")


@dataclass(frozen=True, slots=True)
class Slip:
    """A stretch of a text that may be a slip: what should stand there, the cause, the remedy.

    ``room`` is how many spaces before it make room for a longer mend, so that what follows on the
    line stays in its column.
    """

    start: int
    end: int
    mend: str
    cause: str
    remedy: str
    room: int = 0


def slips(text: str) -> list[Slip]:
    """Everything in a text that may be a slip, in its order; no two of them overlap."""
    found = sorted(_all(text), key=lambda slip: (slip.start, slip.end))
    kept: list[Slip] = []
    for slip in found:
        if not kept or slip.start >= kept[-1].end:
            kept.append(slip)
    return kept


def _all(text: str) -> Iterator[Slip]:
    yield from colons(text)
    for match in _DASH.finditer(text):
        remedy = "写成半角的“- ”（减号加一个空格）"
        room = int(len(match["slip"]) == 1 and text[: match.start("slip")].endswith(" "))
        yield Slip(*match.span("slip"), "- ", _dash_cause(match["slip"]), remedy, room)
    for match in _INDENT.finditer(text):
        cause = f"行首的缩进里有{_name(match['slip'])}"
        yield _slip(match, _indent(text, match), cause, "缩进只用半角空格，与上下同级的行对齐")
    for match in _COMMA.finditer(text):
        if re.search(r"[{\[｛［]", text[: match.start()]):
            cause = "花括号 { } 或方括号 [ ] 里用了全角逗号“，”"
            yield _slip(match, ", ", cause, "各项之间改用半角逗号加一个空格“, ”")
    for match in _BRACKET.finditer(text):
        half = match[0].translate(_HALF_BRACKETS)
        yield _slip(match, half, f"括号“{match[0]}”是全角的", f"改成半角的“{half}”")
    for match in _QUOTED.finditer(text):
        if not {match["slip"][0], match["slip"][-1]} <= {'"', "'"}:
            mend = f'"{match["slip"][1:-1]}"'
            cause = f"{match['slip']} 的引号是全角的，YAML 只认半角引号"
            yield _slip(match, mend, cause, f"写成 {mend}")


def colons(text: str) -> Iterator[Slip]:
    """The colons of a text that YAML takes for none."""
    for match in _COLON.finditer(text):
        key = match["key"].strip("\"'")
        remedy = f"写成“{key}: ”（半角冒号加一个空格）"
        if "：" in match["slip"]:
            cause = f"“{key}”后面是全角冒号“：”"
        elif len(match["slip"]) > 1:
            cause = f"“{key}:”后面的空格是{_name(match['slip'])}"
        else:
            cause = f"“{key}:”的冒号后面没有空格"
        yield _slip(match, ": ", cause, remedy)


def doubtful_slips(text: str) -> list[Slip]:
    """What in a text may be a slip, or all right: a key without a colon, an indent too deep."""
    found = []
    for match in _NO_COLON.finditer(text):
        key = match["key"].strip("\"'")
        cause = f"“{key}”后面没有冒号"
        if written := match["slip"].strip():
            cause = f"“{key}”后面的“{written}”应当是冒号"
        remedy = f"写成“{key}: ”（半角冒号加一个空格）"
        found.append(_slip(match, ": ", cause, remedy))
    for match in _DEEPER.finditer(text):
        cause = "这一行比上一行缩进得多，上一行已经写了内容"
        found.append(_slip(match, match["above"], cause, "与上一行对齐"))
    return sorted(found, key=lambda slip: slip.start)


def open_quotes(text: str) -> list[Slip]:
    """The quotations of a text that do not end on their line; the rest of the line is theirs."""
    return [
        _slip(match, f"{match['slip']}{match['quote']}", "引号没有配对", "补上另一半引号（半角）")
        for match in _OPEN_QUOTE.finditer(text)
    ]


def slip_in_value(text: str) -> Slip | None:
    """The slip for which a mapping or a list came out as one text."""
    return next((slip for slip in slips(text) if slip.start == 0 or ":" in slip.mend), None)


@memo(1 << 12)  # records of one kind repeat their keys
def slip_in_key(key: str, *, lone: bool) -> Slip | None:
    """The slip that made a key of what is none.

    Args:
        key: as YAML reads it.
        lone: whether it stands in braces without a value.
    """
    if strange := re.search(rf"^[{SPACES}]+|[\u200b-\u200f\u2060\ufeff]", key):
        where = "行首的缩进里" if strange.start() == 0 else f"“{key}”里"
        remedy = "删去它，缩进只用半角空格" if strange.start() == 0 else "删去这个键，重新输入"
        return Slip(*strange.span(), "", f"{where}有{_name(strange[0])}", remedy)
    if lone:
        if (number := re.fullmatch(r"(\S+)\s+([\d.,，]+)", key)) is not None:
            cause, remedy = f"“{number[1]}”后面没有冒号", f"写成“{number[1]}: {number[2]}”"
            return Slip(number.end(1), number.start(2), ": ", cause, remedy)
        slip = next(colons("{" + key), None)
        return slip and replace(slip, start=slip.start - 1, end=slip.end - 1)
    dash = next((slip for slip in slips(key) if slip.mend == "- "), None)
    return dash if dash is not None and dash.start == 0 else None


def _slip(match: re.Match[str], mend: str, cause: str, remedy: str) -> Slip:
    return Slip(*match.span("slip"), mend, cause, remedy)


def _dash_cause(written: str) -> str:
    dash, gap = written[0], written[1:]
    if dash != "-":
        return f"列表项开头的“{dash}”不是半角减号"
    return f"列表项开头的“-”后面是{_name(gap)}" if gap else "列表项开头的“-”后面没有空格"


def _name(spaces: str) -> str:
    """What a clerk calls the first of some spaces that YAML does not take."""
    strange = next(space for space in spaces if space not in " ：:")
    names = {"\t": "制表符（Tab）", "\u3000": "全角空格", "\u200b": "看不见的字符"}
    return names.get(strange, "看不见的字符" if strange == "\ufeff" else "网页或 Word 里的特殊空格")


def _indent(text: str, match: re.Match[str]) -> str:
    """As many spaces as were most likely meant: like a line above, or two more than the last."""
    written = match["slip"]
    width = sum(4 if each == "\t" else 2 if each == "\u3000" else 1 for each in written)
    above = [line for line in text[: match.start()].splitlines()[-50:] if line.strip()]
    levels = {len(line) - len(line.lstrip(" ")) for line in above}
    if above and re.search(rf"[:：]{_GAP}$", above[-1]):
        levels = {len(above[-1]) - len(above[-1].lstrip(" ")) + 2}
    return " " * min(levels or {width}, key=lambda level: abs(level - width))
