"""Counts of the overall form (整体支出绩效目标申报表): its people and its units."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.asks import an_overall_form
from generator.checks.rule import Check, Outcome, Passed, Rule
from generator.checks.text.text_figures import perhaps
from generator.core.findings import Location
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded
from generator.model.disclosure import EntityKind
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

MORE_THAN_ALL = Rule(
    "E736",
    "整体绩效目标表的在编人员多于在职人员",
    "整体绩效目标表的在编人员数不大于实际在职人员总数。",
    "在编人员是实际在职人员的一部分，部分不会大于总数，必有一个数写错。",
    "按机构编制和人事部门的数改正",
    "部门预算绩效目标管理办法（财预〔2015〕88号）；预算公开审核惯例",
    asks=(an_overall_form,),
)
COUNTS = Rule(
    "W731",
    "整体绩效目标表的人数、单位数请核对",
    "整体绩效目标表的在编人员数 + 其他人员数 = 实际在职人员总数；在编人员数不大于核定的人员编制数；"
    "所属预算单位数等于单位名单的个数，或不算本级少一个。不是一个数的（如“见附表”）不核对。",
    "人数、单位数是核定基本支出的依据，前后不一，读者不知道以哪个为准。",
    "核对后改正；确是如此的（如超编、其他人员不在职），在“按实公布说明”里说明",
    "部门预算绩效目标管理办法（财预〔2015〕88号）；预算公开审核惯例",
    asks=(an_overall_form,),
)
RULES = (MORE_THAN_ALL, COUNTS)

_FORM = "整体绩效目标表"
_UNITS, _POSTS, _STAFF = "所属预算单位数", "核定的人员编制数", "实际在职人员总数"
_ESTABLISHED, _OTHERS = "在编人员数", "其他人员数"
_COUNT = late_pattern(r"([0-9][0-9,]*)[人个名家]?")


def _counts(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    for outcome in _compared(document):
        yield perhaps(document, outcome)


def _compared(document: ReadDocument) -> Iterator[Outcome]:
    counts = _read(document)
    posts, staff = counts.get(_POSTS), counts.get(_STAFF)
    established, others = counts.get(_ESTABLISHED), counts.get(_OTHERS)
    more_than_all = established is not None and staff is not None and established > staff
    if established is not None and staff is not None:
        words = f"在编人员 {established} 人，多于实际在职人员总数 {staff} 人"
        yield _outcome(document, MORE_THAN_ALL, _ESTABLISHED, words if more_than_all else "")
        if others is not None and not more_than_all:
            both = established + others
            words = (
                f"在编人员 {established} 人 + 其他人员 {others} 人 = {both} 人，"
                f"实际在职人员总数写 {staff} 人"
            )
            yield _outcome(document, COUNTS, _STAFF, words if both != staff else "")
    if established is not None and posts is not None and not more_than_all:
        words = f"在编人员 {established} 人，多于核定的人员编制 {posts} 人"
        yield _outcome(document, COUNTS, _ESTABLISHED, words if established > posts else "")
    units, listed = counts.get(_UNITS), len(document.units)
    if units is not None and listed and document.kind is EntityKind.DEPARTMENT:
        words = f"所属预算单位 {units} 个，单位名单列出 {listed} 个"
        right = units in (listed, listed - 1)  # the department itself may be left out
        yield _outcome(document, COUNTS, _UNITS, "" if right else words)


def _read(document: ReadDocument) -> dict[str, int]:
    """The counts that are stated as plain numbers, by the keys of the form."""
    counts = {}
    stated = dict(document.overall.items()) if document.overall else {}
    for key in (_UNITS, _POSTS, _STAFF, _ESTABLISHED, _OTHERS):
        found = _COUNT.fullmatch(folded(str(stated.get(key, ""))))
        if found:
            counts[key] = int(found[1].replace(",", ""))
    return counts


def _outcome(document: ReadDocument, rule: Rule, key: str, wrong: str) -> Outcome:
    if not wrong:
        return Passed(rule.code)
    return rule.finding(
        f"整体绩效目标表：{wrong}",
        document.written(f"{_FORM}/{key}") or _row_of(document, key),
        group=_FORM,
        subjects=(f"{_FORM}/{key}",),
    )


def _row_of(document: ReadDocument, key: str) -> Location | None:
    """The place of the row of a draft's form that has a count."""
    rows = [row for row in document.overall_rows if any(key in folded(each) for each in row.cells)]
    places = [row.place for row in rows or document.overall_rows]
    return next(iter(places), None)


CHECKS: tuple[Check, ...] = (_counts,)
