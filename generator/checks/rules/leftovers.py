"""Rules 44, 46 and 47: what must not be left in a document that is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import Struct

from generator.checks.asks import a_draft
from generator.checks.general.wording.common_words import ANONYMOUS, LEFT_OVERS
from generator.checks.rule import Check, Outcome, Passed, Rule, quoted_part
from generator.checks.text.faults import TextFault, look_at
from generator.checks.text.texts import (
    DocumentText,
    label_cells,
    labels,
    other_cells,
    running_texts,
    texts,
    told_or_noise,
)
from generator.core.findings import Location
from generator.core.text.patterns import late_pattern
from generator.load.personal_data import LANDLINE, masked, personal_numbers
from generator.load.yaml.marks import CONFIRM, FILL
from generator.pack.checks.expressions import Expressions, patterns
from generator.pack.pack import Pack
from generator.reading.document import Origin, Passage, ReadDocument

LEFT_OVER = Rule(
    "E744",
    "占位符或模板文字没有改",
    "文本、表中名称和绩效目标表里没有 XX、待填写、“增加（减少）”、空括号、“修改完善后再行”、#REF! "
    "之类的文字。",
    "这些是模板、批注或公式错误留下的，说明这一处还没有填完。",
    "填上实际内容，或删去这些文字",
    "预算公开审核惯例",
)
REVIEW_MARK = Rule(
    "W746",
    "带有审核标记",
    "公开的文件里没有“仅供内部审核”等标记。审核稿每页都有，公开前要去掉。",
    "带着内部标记公开，等于把没有定稿的文件发了出去。",
    "公开前去掉：重新生成时不加 --draft，或在办公软件里删除水印",
    "预算公开审核惯例",
)
PERSONAL = Rule(
    "E747",
    "有个人信息",
    "正文、表中名称和绩效目标表里没有个人的手机号码、身份证号码、银行卡号。数据由 E215 检查。",
    "公开个人信息违法，公开后难以收回。",
    "删除这个号码",
    "《个人信息保护法》；《政府信息公开条例》第十五条",
    asks=(a_draft,),
)
OFFICE_PHONE = Rule(
    "W747",
    "有单位电话",
    "“联系电话”“监督电话”等后面的座机可以公开，但要确认是单位的公开电话。",
    "个人的座机不得公开；停用的号码会让公众找不到人。",
    "确认是单位对外公布的电话；不必公开的删去",
    "《政府信息公开条例》第十五条",
    asks=(a_draft,),
)
RULES = (LEFT_OVER, REVIEW_MARK, PERSONAL, OFFICE_PHONE)
_TOLD_BY_DATA = (FILL, CONFIRM)
"""Of these, W220 and E221 name the place in the data."""
_WORDS = late_pattern(r"[\w×]")
_STRAY = 2
"""So many marks between the lines of an extracted text may be of anything."""


def _left_overs(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    looked = look_at(
        LeftOvers((*LEFT_OVERS, *pack.phrases.left_overs)),
        running_texts(document),
        document.forms,
        chain(labels(document), label_cells(document), other_cells(document)),
    )
    if looked.clean:
        yield Passed("E744", looked.clean)
    nameless = not document.name or ANONYMOUS in document.name
    for each, found in looked.faulty:
        for fault in found:
            if document.origin is Origin.DATA and fault.phrase in _TOLD_BY_DATA:
                continue
            if fault.phrase.startswith(ANONYMOUS) and nameless:
                continue
            finding = each.finding(LEFT_OVER, fault.message, fault.phrase)
            # extraction loses words and invents rules, but not words such as 待填写
            yield finding if _WORDS.search(fault.phrase) else told_or_noise(document, finding)


class LeftOvers(Struct, frozen=True):
    """Looks for phrases that a template or a formula left."""

    expressions: Expressions

    def __call__(self, text: str, *, clippable: bool) -> Iterator[TextFault]:  # noqa: ARG002 - as all looks
        """Every phrase once, in the order of the expressions."""
        found = [
            match[0]
            for pattern in patterns(self.expressions)
            if pattern.search(text)  # none, as almost always
            for match in pattern.finditer(text)
        ]
        phrases = tuple(dict.fromkeys(found))
        for phrase in phrases:
            # of 20XX年 the XX is told of with it
            if not any(phrase in other for other in phrases if other != phrase):
                yield TextFault(f"有没填完的文字“{phrase}”", phrase)


def _review_marks(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    own = pack.settings.texts.get("审核标记", "")
    marks = dict.fromkeys(filter(None, (own, *pack.phrases.review_marks)))
    running = _marked(document.asides, marks)
    found = running + _marked(document.passages, marks)
    if not found:
        yield Passed("W746")
        return
    named = _named(found)
    places = tuple(dict.fromkeys(place for _, place in found))
    message = f"带有审核稿的标记{named}，共 {len(places)} 处，公开前去掉"
    if running and (len(places) > _STRAY or document.origin is not Origin.EXTRACTED):
        own_words = [each for each in found if each[0] not in {mark for mark, _ in running}]
        others = f"，文中有{_named(own_words)}" if own_words else ""
        message = f"这是审核稿，每页印有{_named(running)}{others}，不能公开"
    finding = REVIEW_MARK.finding(
        message,
        places[0],
        group="封面",
        subjects=("审核标记", "封面"),
        excerpt=found[0][0],
        also=() if running else places[1:],
    )
    yield told_or_noise(document, finding)


def _named(marked: Iterable[tuple[str, Location]]) -> str:
    return "、".join(f"“{mark}”" for mark in dict.fromkeys(mark for mark, _ in marked))


def _marked(lines: Iterable[Passage], marks: Iterable[str]) -> list[tuple[str, Location]]:
    """The marks in some lines with their places."""
    each_mark = list(marks)
    return [(mark, line.place) for line in lines for mark in each_mark if mark in line.text]


def _personal(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """E215 says the same of data."""
    if document.origin is Origin.DATA:
        return
    for each in chain(
        texts(document), labels(document), label_cells(document), other_cells(document)
    ):
        numbers = list(personal_numbers(each.text))
        if not numbers:
            yield Passed("E747")
        for number in numbers:
            office = number.kind == LANDLINE and _is_office(each, number.start, pack)
            message = f"疑似{'单位电话' if office else number.kind}：{number.shown}"
            yield (OFFICE_PHONE if office else PERSONAL).finding(
                f"{message}（第 {number.start + 1} 个字起）",
                each.place(""),
                group=each.group,
                subjects=(each.subject,),
                excerpt=quoted_part(masked(each.text)),
            )


def _is_office(text: DocumentText, at: int, pack: Pack) -> bool:
    """Whether the words before a number say that it is the office's own."""
    before = text.text[:at].rstrip("：: 　")
    return any(re.search(f"(?:{words})$", before) for words in pack.phrases.office_phones)


CHECKS: tuple[Check, ...] = (_left_overs, _review_marks, _personal)
ANYWHERE = CHECKS
