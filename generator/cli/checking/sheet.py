"""The options of ``disclosure check`` that are for the check sheet (检查情况表).

What writes it is imported when a sheet is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from generator.checks.run import Report
from generator.checks.selection import Selection
from generator.reports.code_names import short_name

FORMAT = "sheet"


def _date(_: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    from generator.reports.sheet.timeliness import read_typed_date

    try:
        return read_typed_date(value)
    except ValueError:
        message = f"“{value}”不是日期；写成 2026-02-10 或 2026年2月10日。"
        raise click.BadParameter(message, param=parameter) from None


def sheet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that only the check sheet has."""
    for decorate in (
        click.option(
            "--approved",
            metavar="日期",
            callback=_date,
            help="检查情况表：财政部门批复预算的日期，如 2026-02-10。",
        ),
        click.option(
            "--published",
            metavar="日期",
            callback=_date,
            help="检查情况表：公开的日期；与批复日期一起核对是否在 20 日内公开。",
        ),
        click.option(
            "--url",
            "urls",
            metavar="网址",
            multiple=True,
            help="检查情况表：公开的网址；几个对象的按次序各写一次。",
        ),
    ):
        command = decorate(command)
    return command


class SheetRequest(Struct, frozen=True):
    """What was asked for besides the format."""

    urls: Sequence[str]
    published: date | None
    approved: date | None

    def require_fitting(
        self, format_: str, output: Path | None, targets: Sequence[Path], only: Sequence[str]
    ) -> None:
        """Says what does not go together.

        Raises:
            click.UsageError: in words for people.
        """
        if format_ != FORMAT:
            if self.urls or self.published or self.approved:
                message = "--url、--published、--approved 只用于检查情况表：加 --format sheet。"
                raise click.UsageError(message)
            return
        from generator.reports.sheet.write import SUFFIXES

        if output is None or output.suffix.lower() not in SUFFIXES:
            message = "检查情况表要写到 .xlsx、.docx 或 .html 文件：加 -o 检查情况表.xlsx。"
            raise click.UsageError(message)
        if only:
            message = "检查情况表要用全部规则，不能只用几条：去掉 --only。"
            raise click.UsageError(message)
        if self.urls and len(self.urls) != len(targets):
            message = (
                f"对象有 {len(targets)} 个，网址有 {len(self.urls)} 个："
                "按对象的次序各写一个 --url，没有网址的写 --url ''。"
            )
            raise click.UsageError(message)

    def content(
        self, reports: Sequence[Report], output: Path, selection: Selection, *, show_all: bool
    ) -> bytes:
        """The sheets as the file's suffix asks for."""
        from generator.reports.sheet.content import Scope
        from generator.reports.sheet.timeliness import PublicationDates
        from generator.reports.sheet.write import write_sheets

        urls = self.urls or [""] * len(reports)
        publications = [
            PublicationDates(url.strip(), self.published, self.approved) for url in urls
        ]
        scope = Scope(show_all=show_all, limits=tuple(_limits(selection)))
        return write_sheets(reports, publications, scope, output)


def _limits(selection: Selection) -> list[str]:
    """What the sheet must say of the rules that were not used or listed."""
    limits = []
    if selection.skip:
        named = "、".join(f"{code} {short_name(code)}".strip() for code in selection.skip)
        limits.append(f"没有用这些规则：{named}。")
    if selection.tier == "error":
        limits.append("只列错误，需核实的没有列出。")
    return limits
