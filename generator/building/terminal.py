"""What ``disclosure build`` prints at its end: the table of what was built, and the findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from generator.building.options import BuildOptions
from generator.building.outcome import Built, Outcome
from generator.core.findings import Finding
from generator.drafts.safety.file_set import strangers
from generator.reports.terminal.console import ERR, OUT, print_findings

_SHOWN = 3
"""Things of a folder that could not be checked and are told; ``disclosure check`` tells all."""


def print_outcomes(
    outcomes: Sequence[Outcome], clashing: Iterable[Finding], options: BuildOptions
) -> list[Finding]:
    """Prints the summary and the findings of all; returns the findings."""
    _print_notes(outcomes)
    if len(outcomes) > 1 or outcomes[0].built:
        _print_summary(outcomes)
    findings = [
        *dict.fromkeys(finding for outcome in outcomes for finding in outcome.common),
        *(finding for outcome in outcomes for finding in outcome.findings),
        *clashing,
    ]
    print_findings(findings)
    for outcome in outcomes:
        print_unlisted(outcome)
        _print_unchecked(outcome)
    failed = [outcome for outcome in outcomes if outcome.built is None]
    if failed:  # it takes long to import, which a build where nothing has changed must not
        from generator.building.standing import print_not_written

        written = {file for outcome in outcomes if outcome.built for file in outcome.built.files}
        for outcome in failed:
            print_not_written(outcome, options, written)
    return findings


def _print_notes(outcomes: Sequence[Outcome]) -> None:
    """Which pack was taken where the data names none; once for all folders of which that holds."""
    for note in dict.fromkeys(outcome.note for outcome in outcomes if outcome.note):
        of = [str(outcome.folder) for outcome in outcomes if outcome.note == note]
        ERR.print(Text(f"{note}：{'、'.join(of)}" if len(outcomes) > 1 else note))


def _print_unchecked(outcome: Outcome) -> None:
    """What could not be checked is no error, and did not pass either."""
    if not outcome.unchecked:
        return
    ERR.print(Text(f"{outcome.folder}：无法核对 {len(outcome.unchecked)} 项（缺少资料，不算通过）"))
    for each in outcome.unchecked[:_SHOWN]:
        ERR.print(Text(f"    {each}"))
    if len(outcome.unchecked) > _SHOWN:
        ERR.print(Text(f"    全部列出：disclosure check {outcome.folder}"))


def print_unlisted(outcome: Outcome) -> None:
    """Tells how to see a document's findings where they are many, with excerpts and remedies."""
    if outcome.unlisted:
        rest = f"还有 {outcome.unlisted} 个问题没有列出：disclosure check {outcome.folder}"
        ERR.print(Text(rest))


def not_built(outcome: Outcome) -> str:
    """Says that a folder was not built, and how much stands in the way."""
    return f"未生成（{outcome.errors} 个错误）"


def _print_summary(outcomes: Sequence[Outcome]) -> None:
    built = [outcome.built for outcome in outcomes if outcome.built]
    table = Table(title="已生成" if built else "没有生成", title_justify="left")
    table.add_column("单位", overflow="fold")
    headings = dict.fromkeys(heading for each in built for heading in each.summary)
    for heading in ("年度", *headings, "页数", "用时"):
        table.add_column(heading, justify="right", no_wrap=True)
    for outcome in outcomes:
        if outcome.built:
            table.add_row(*map(Text, _row(outcome.built, headings)))
        else:
            blank = [""] * len(headings)
            name = outcome.folder.name or str(outcome.folder)
            table.add_row(*map(Text, (name, "", *blank, "", not_built(outcome))))
    table.caption = "金额单位：万元" if built else None
    table.caption_justify = "right"
    OUT.print(table)
    for each in built:
        for file in each.files:
            OUT.print(Text(f"  {file}"))
        if each.files and (others := strangers(each.files[0])):
            told = f"  旁边的 {'、'.join(others)} 是另一次生成的，这次没有换：一起重新生成，或移走"
            OUT.print(Text(told))


def _row(built: Built, headings: Iterable[str]) -> list[str]:
    amounts = [built.summary.get(heading, "") for heading in headings]
    pages = str(built.pages) if built.pages is not None else "—"
    seconds = "没有变化" if built.seconds is None else f"{built.seconds:.1f} 秒"
    return [built.name, str(built.year), *amounts, pages, seconds]
