"""Whether a document was published in time: 20 days after its approval (预算法 第十四条)."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from generator.core.dates import read_any_date, usual_words

DAYS = 20
"""Days that the law leaves for publishing, counted from the day after the approval."""


class PublicationDates(Struct, frozen=True):
    """Where and when a document was published; empty and ``None`` if nobody says."""

    address: str = ""
    published: date | None = None
    approved: date | None = None


def read_typed_date(text: str) -> date:
    """A date as people write it: 2026-02-10, 2026/2/10, 2026.2.10, 2026年2月10日, 20260210.

    Raises:
        ValueError: if it is none.
    """
    day = read_any_date(text)
    if day is None:
        raise ValueError(text)
    return day


def in_words(day: date) -> str:
    """A date as documents write it: 2026年2月10日."""
    return usual_words(day)


def timeliness(publication: PublicationDates) -> tuple[bool | None, str]:
    """Whether it was in time, ``None`` if that cannot be told, and why."""
    published, approved = publication.published, publication.approved
    if published is None or approved is None:
        given = [
            f"{name}为{in_words(day)}"
            for name, day in (("批复日期", approved), ("公开日期", published))
            if day is not None
        ]
        lacking = "批复日期" if approved is None else "公开日期"
        known = f"{given[0]}，没有给出{lacking}" if given else "没有给出批复日期和公开日期"
        return None, f"{known}，是否在批复后{DAYS}日内公开须人工核对。"
    days = (published - approved).days
    dates = f"批复日期为{in_words(approved)}，公开日期为{in_words(published)}"
    if days < 0:
        return None, f"{dates}，公开早于批复 {-days} 日，请核对这两个日期。"
    if days > DAYS:
        over = days - DAYS
        law = "不符合《预算法》第十四条“批复后二十日内”公开的规定"
        return False, f"{dates}，批复后第 {days} 日才公开，超过 {DAYS} 日的期限 {over} 日，{law}。"
    return True, f"{dates}，在批复后第 {days} 日公开。" if days else f"{dates}，批复当日公开。"
