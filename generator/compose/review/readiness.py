"""What stands in the way of publishing data that can be printed: work left, wrong dates, gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.compose.review.open_work import is_to_be_filled
from generator.compose.review.unsaid import says_vehicles
from generator.core.findings import Finding
from generator.core.text.patterns import late_pattern
from generator.load.entity_folder import LoadedDisclosure
from generator.load.section_files import FORMS
from generator.load.yaml.marks import CONFIRM, FILL, Mark
from generator.load.yaml.tree import Path_
from generator.model.disclosure import Letter

_SHOWN = 5
"""Marks that a message names with their words."""
_RUNNING = "公务用车运行维护费"
_DATE = late_pattern(
    r"\D{0,6}(\d{4}|[〇○零一二三四五六七八九]{4})\s*[年./-]\s*[\d一二三四五六七八九十]+.*"
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LONGEST_DATE = 20
"""Characters of a paragraph that is nothing but a date."""


def readiness(loaded: LoadedDisclosure) -> Iterator[Finding]:
    """Yields W220 for marks of work left, E222 to E224 for what must not be published."""
    yield from _work_left(loaded.source.marks)
    yield from _letter_dates(loaded)
    yield from _missing_forms(loaded)
    yield from _running_without_vehicles(loaded)


def _work_left(marks: Sequence[Mark]) -> Iterator[Finding]:
    if not marks:
        return
    counts = Counter(mark.kind for mark in marks)
    counted = "、".join(f"{counts[kind]} 处{kind}" for kind in (FILL, CONFIRM) if counts[kind])
    first = "；".join(
        f"{mark.place.file.name} 第 {mark.place.line} 行“{_shortened(mark.words)}”"
        for mark in marks[:_SHOWN]
    )
    more = "，等" if len(marks) > _SHOWN else ""
    yield Finding(
        "W220",
        f"还有 {counted}：{first}{more}",
        "逐处填好、核对，做完一处删去一处的“待填”“待核”；全部做完才能生成公开稿",
        marks[0].place,
        group="待办",
        also=tuple(mark.place for mark in marks[1:]),
    )


def _shortened(words: str) -> str:
    longest = 30
    return words if len(words) <= longest else words[:longest] + "…"


def _letter_dates(loaded: LoadedDisclosure) -> Iterator[Finding]:
    """A letter goes with the budget: it is of the budget year, or of the end of the year before."""
    year = loaded.disclosure.entity.year
    for index, letter in enumerate(loaded.disclosure.letters):
        for steps, text in _dates(letter):
            written = _year_of(text)
            if written is None or written in (year - 1, year):
                continue
            name = letter.title or f"第 {index + 1} 个附件"
            yield Finding(
                "E222",
                f"“{name}”的日期是{text.strip()}，不是 {year} 年度预算公开时的",
                f"换成本年的说明和日期（{year - 1} 年或 {year} 年）；本年没有的删去这个附件；"
                f"确要照印的，在“按实公布说明”写 {{规则: E222, 对象: 附件/{index + 1}, 理由: …}}",
                loaded.source.place(("附件", index, *steps)),
                subjects=(f"附件/{index + 1}",),
            )


def _dates(letter: Letter) -> Iterator[tuple[Path_, str]]:
    """The date of a letter, and the paragraphs that are nothing else, with their paths."""
    if letter.date:
        yield ("日期",), letter.date
    for index, paragraph in enumerate(letter.paragraphs):
        if len(paragraph) <= _LONGEST_DATE and _DATE.fullmatch(paragraph.strip()):
            yield ("正文", index), paragraph


def _year_of(text: str) -> int | None:
    """The year of a date; ``None`` if the text is no date that can be read."""
    found = _DATE.fullmatch(text.strip())
    return int(found[1].translate(_DIGITS)) if found else None


def _missing_forms(loaded: LoadedDisclosure) -> Iterator[Finding]:
    """Without any form the checks cannot tell which projects lack theirs: here all do."""
    if loaded.vocabulary.forms.project is None:  # this place publishes none
        return
    disclosure = loaded.disclosure
    published = [
        entry
        for entry in disclosure.keyed_projects()
        if entry.project.goals_published
        and any(amount for _, amount in entry.project.current.items())
    ]
    if disclosure.forms or not published or is_to_be_filled(loaded.source, (FORMS,)):
        return
    first = published[0]
    count = len({(entry.unit, entry.project.name) for entry in published})
    yield Finding(
        "E223",
        f"{count} 个项目公开绩效目标（如“{first.project.name}”），数据里没有一张项目绩效目标表",
        "补上“项目绩效目标表”；不公开的项目写“公开绩效目标: 否”",
        loaded.source.place((*first.path, "名称")),
        subjects=("绩效目标表",),
        also=tuple(loaded.source.place((*entry.path, "名称")) for entry in published[1:]),
    )


def _running_without_vehicles(loaded: LoadedDisclosure) -> Iterator[Finding]:
    disclosure = loaded.disclosure
    expense = disclosure.official_expenses.vehicle_running
    running = sum((amount for _, amount in expense.items()), Decimal(0))
    held = disclosure.assets.vehicles
    if not running or not says_vehicles(disclosure) or any(count for _, count in held.items()):
        return
    if is_to_be_filled(loaded.source, ("国有资产", "实有车辆")):
        return
    yield Finding(
        "E224",
        f"安排了{_RUNNING} {running:f} 元，实有车辆却是 0 辆",
        f"核对“国有资产”的“实有车辆”和“三公经费”的“{_RUNNING}”；确是如此（如租用车辆）的，"
        f"在“按实公布说明”写 {{规则: E224, 对象: 三公经费, 理由: …}}",
        loaded.source.place(("三公经费", _RUNNING)),
        subjects=(f"三公经费/{_RUNNING}",),
    )
