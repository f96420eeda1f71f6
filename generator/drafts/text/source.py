"""Opens a text file: its encoding, and what makes it unusable."""

from __future__ import annotations

import codecs
from pathlib import Path

from generator.drafts.safety.limits import MAX_LINES, MAX_TEXT_BYTES, check_size, damaged, refuse

_WIDE = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
_CHINESE = "GB18030"
"""Holds GB 2312 and GBK, which the notepad of Chinese computers writes."""
_COMMON = (range(0xA1A1, 0xA9FF), range(0xB0A1, 0xD7FA))
"""Marks, and the ideographs that almost all of a Chinese text consists of, as GB 2312 has them."""
_LEAST_COMMON = 0.9
"""So much of a text is made of them; one of another encoding read by mistake is not."""
_SAVE_AGAIN = "用记事本打开，另存为 UTF-8"


def decoded(path: Path) -> tuple[str, str]:
    """The text of a file with line feeds at the ends of lines, and its encoding if not UTF-8.

    Raises:
        UnusableInputError: E102, E103, E602, E603 or E605.
    """
    check_size(path, MAX_TEXT_BYTES)
    content = path.read_bytes()
    wide = next((name for mark, name in _WIDE.items() if content.startswith(mark)), "")
    for encoding in [wide] if wide else ["utf-8-sig", _CHINESE]:
        text = _as(content, encoding)
        if text is not None:
            break
    else:
        refuse(
            "E103", "文件的编码认不出来：不是 UTF-8，也不像 UTF-16 或 GB18030", _SAVE_AGAIN, path
        )
    if "\0" in text:
        damaged(path, "内容不是文字")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MAX_LINES:
        refuse("E602", f"超过 {MAX_LINES // 10_000} 万行", "分成几个文件", path)
    return text, "" if encoding == "utf-8-sig" else encoding


def _as(content: bytes, encoding: str) -> str | None:
    """The text in an encoding; ``None`` if it is not, or for Chinese ones may not be, in that."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if encoding != _CHINESE or _is_chinese(text) else None


def _is_chinese(text: str) -> bool:
    wide = [character for character in text if not character.isascii()]
    common = sum(_code(character) in codes for character in wide for codes in _COMMON)
    return common >= _LEAST_COMMON * len(wide)


def _code(character: str) -> int:
    return int.from_bytes(character.encode("gb2312", "ignore"), "big")
