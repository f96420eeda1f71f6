"""How documents number their parts: expressions to be put into others."""

NUMERALS = "一二三四五六七八九十"
_OF_PART = rf"[{NUMERALS}壹贰叁肆伍陆柒捌玖IVX\d]{{1,3}}"
PART = rf"第{_OF_PART}(?:部分|[章篇])"
"""第一部分, 第一章, 第一篇: the uppermost level, whatever a place calls it."""
PART_OR_SECTION = rf"第{_OF_PART}(?:部分|[章节篇])"
