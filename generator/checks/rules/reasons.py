"""Rules 39 and 40: why an amount changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from generator.checks.rule import Check, Noise, Outcome, Passed, Rule, Unchecked, quoted_part
from generator.checks.text.changes import FIGURE, StatedChange, amount_of, changes_in_passage
from generator.checks.text.reason_words import ReasonFlaw, flaw_of, has_figures_both_ways
from generator.core.figures import change_parts
from generator.core.findings import Finding
from generator.pack.pack import Pack
from generator.reading.document import Origin, ReadDocument

_PRACTICE = "预算公开审核惯例"
_LAW = "《地方预决算公开操作规程》（财预〔2016〕143号）：对增减变化情况作出说明"

MISSING = Rule(
    "E739",
    "增减没有写原因",
    "情况说明里要写原因的部分（收支总计、“三公”经费各项、机关运行经费），每一处增加、减少后面都有"
    "“主要原因是……”，并且后面写了内容。与上年相同的不用写。",
    "只有数字没有原因，公众和审核人看不出为什么变动。",
    "在这句话后面补上“主要原因是……”，写明具体项目、人数、标准或结转",
    _LAW,
)
EMPTY = Rule(
    "W739",
    "变动原因等于没说",
    "变动原因的每个分句都是“根据实际支出”“项目调整”“工作需要”之类，没有具体事由。",
    "这样的话放在任何单位、任何年度都成立，等于没有说明。",
    "写明是哪个项目新增、结束、扩大或缩小，或人数、标准、结转有什么变化，最好带上金额",
    _PRACTICE,
)
RESTATED = Rule(
    "W748",
    "变动原因只重复了结果",
    "变动原因不能只说“某某经费增加”“支出减少”：这是变动本身，不是原因。",
    "读的人仍然不知道经费为什么增加或减少。",
    "写明经费增减背后的事由：哪个项目、多少人、什么标准",
    _PRACTICE,
)
CONTRARY = Rule(
    "W749",
    "变动原因与增减方向相反",
    "说增加的，原因不应只有压减、厉行节约；说减少的，原因不应只有新增、提高标准。",
    "数字和原因互相矛盾，必有一处写错，多半是沿用了上年的说法。",
    "核对增减方向和原因，改正写错的一处",
    _PRACTICE,
)
REPEATED = Rule(
    "W750",
    "几项变动用了同一个原因",
    "同一部分里金额不同的几项变动，原因不应一字不差；“三公”经费各项的原因也不与收支总计等别处的相同。总数与其中唯一变动的一项相同，收入与支出相同，都不算。",
    "各项变动各有事由，同一句话套用几处，往往是没有逐项核实。",
    "逐项写明各自的原因",
    _PRACTICE,
)
LARGER = Rule(
    "W740",
    "原因里的金额大于变动数",
    "变动原因里写的金额，不大于它所说明的变动数；有增有减、互相抵消的不比较。",
    "一个更大的数说明不了较小的变动：或者数字写错，或者漏写了另一个方向的原因。",
    "核对原因里的金额；另有相反变动的，一并写明",
    _PRACTICE,
)
RULES = (MISSING, EMPTY, RESTATED, CONTRARY, REPEATED, LARGER)
_FLAWS = {ReasonFlaw.EMPTY: EMPTY, ReasonFlaw.RESTATED: RESTATED, ReasonFlaw.CONTRARY: CONTRARY}


def _check(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    phrases = pack.phrases.reasons
    if not phrases.required:
        yield Unchecked("E739", "情况说明", "模板包没有列出哪些部分须写变动原因")
    changes = [
        change
        for passage in document.passages
        if passage.section in document.outline.explanation
        for change in changes_in_passage(passage, document.name, document.style)
    ]
    if phrases.required and not changes and _prints_changes(document):
        words = document.style.words
        known = "、".join((*words.more, *words.less))
        why = (
            f"文中的增减不是用“{known}”等词（vocabulary.yaml 的“增减说法”）写的，"
            "认不出来，没有核对原因"
        )
        yield Unchecked("E739", "情况说明", why)
    for section, found in groupby(changes, lambda change: change.passage.section):
        own = list(found)
        nested = section in phrases.nested
        if section in phrases.required:
            told = pack.settings.comparisons if document.origin is Origin.DATA else {}
            yield from _missing(document, own, told, nested=nested)
        if nested:
            yield from _repeated(document, own)
            yield from _repeated_elsewhere(document, own, changes, pack)
    for change in changes:
        if change.reason:
            yield from _wording(document, change, pack)


def _prints_changes(document: ReadDocument) -> bool:
    """Whether the sentences of the pack state changes against last year."""
    passages = (document.expected or document).passages
    return any(change_parts(each.address) for passage in passages for each in passage.mentions)


def _missing(
    document: ReadDocument, changes: Sequence[StatedChange], told: Collection[str], *, nested: bool
) -> Iterator[Outcome]:
    """Changes without a reason; those that E212 has told of data when it was loaded left out."""
    for change in changes:
        if change.key in told:
            continue
        if change.reason:
            yield Passed("E739")
        elif (blank := change.reason == "") or not (
            nested and _is_explained_elsewhere(change, changes)
        ):
            message = f"{change.words}，{'“原因是”后面没有内容' if blank else '没有写原因'}"
            finding = _finding(MISSING, document, change, message, change.phrase)
            lost = document.origin is Origin.EXTRACTED and change.cut
            yield Noise(finding) if lost else finding


def _is_explained_elsewhere(change: StatedChange, changes: Sequence[StatedChange]) -> bool:
    """Whether a total and its part share one reason, or a total's parts give theirs."""
    others = [each for each in changes if each is not change]
    same = any(
        other.reason and (other.grows, other.amount) == (change.grows, change.amount)
        for other in others
    )
    is_total = change is changes[0]
    return same or (is_total and bool(others) and all(other.reason for other in others))


def _repeated(document: ReadDocument, changes: Sequence[StatedChange]) -> Iterator[Outcome]:
    """The same reason for items whose changes differ; the first change is the total."""
    by_reason: defaultdict[str, list[StatedChange]] = defaultdict(list)
    for change in changes[1:]:
        if change.reason:
            by_reason[change.reason].append(change)
    for reason, same in by_reason.items():
        if len({(change.grows, change.amount) for change in same}) == 1:
            yield Passed("W750")
            continue
        words = "、".join(change.words for change in same)
        message = f"{words}都写“{quoted_part(reason)}”"
        yield _finding(REPEATED, document, same[0], message, reason)


def _repeated_elsewhere(
    document: ReadDocument, own: Sequence[StatedChange], changes: Sequence[StatedChange], pack: Pack
) -> Iterator[Outcome]:
    """A part's reason given for an item of another section; saving is a reason for many."""
    saving = "|".join(pack.phrases.reasons.decline)
    elsewhere = {each.reason: each for each in changes if each not in own}
    for change in own[1:]:
        other = elsewhere.get(change.reason) if change.reason else None
        if other is None or other.amount == change.amount:
            continue
        if saving and re.search(saving, change.reason or ""):
            continue
        message = f"{other.words}、{change.words}都写“{quoted_part(change.reason or '')}”"
        yield _finding(REPEATED, document, change, message, change.reason or "")


def _wording(document: ReadDocument, change: StatedChange, pack: Pack) -> Iterator[Outcome]:
    reason = change.reason or ""
    flaw = flaw_of(change, pack.phrases.reasons, document.style.words)
    if flaw is None:
        yield from map(Passed, ("W739", "W748", "W749"))
    else:
        message = f"{change.words}，原因写“{quoted_part(reason)}”，{flaw.value}"
        yield _finding(_FLAWS[flaw], document, change, message, reason)
    if has_figures_both_ways(reason, document.style.words):
        return
    for figure in FIGURE.finditer(reason):
        if amount_of(figure, document.style) <= change.amount:
            yield Passed("W740")
            continue
        difference = amount_of(figure, document.style) - change.amount
        more = f"{difference.normalize():f}{document.style.unit}"
        message = f"{change.words}，原因里却写{figure[0]}，多出{more}"
        yield _finding(LARGER, document, change, message, figure[0])


def _finding(
    rule: Rule, document: ReadDocument, change: StatedChange, message: str, phrase: str
) -> Finding:
    key = f"变动原因/{change.key}" if change.key else change.passage.subject
    text = re.sub(r"\s+", "", change.passage.text)
    at = max(text.find(phrase, change.at), 0)  # another change may give the same reason
    return rule.finding(
        message,
        document.find(change.passage, change.reason or phrase, change.key or _key_printed(change)),
        group=change.passage.group,
        subjects=(key, change.passage.subject),
        excerpt=quoted_part(text, at),
    )


def _key_printed(change: StatedChange) -> str:
    """The key of the reason in the data, by the figure that is printed as the amount."""
    passage = change.passage
    for mention in passage.mentions:
        parts = change_parts(mention.address)
        if parts and passage.text[mention.start : mention.end] in change.phrase:
            return parts[1].rpartition("/")[2]
    return ""


CHECKS: tuple[Check, ...] = (_check,)
