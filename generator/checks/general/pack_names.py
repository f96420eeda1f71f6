"""Tables by the names that readers of a known format have for them: the number, not the title."""

from __future__ import annotations

from collections.abc import Mapping

from generator.checks.general.document.lines import key_of, without_year
from generator.checks.rule import Noise, Outcome, ToldElsewhere
from generator.core.memo import memo
from generator.core.records import replace
from generator.reading.document import ReadDocument


def named_by_pack(outcome: Outcome, document: ReadDocument) -> Outcome:
    """An outcome in the group that the pack of its document has for the table it is about."""
    if not document.follows_pack or isinstance(outcome, ToldElsewhere):
        return outcome
    if isinstance(outcome, Noise):
        group = _name(outcome.finding.group, document)
        return Noise(replace(outcome.finding, group=group))
    return replace(outcome, group=_name(outcome.group, document))


def _name(group: str, document: ReadDocument) -> str:
    titles = tuple((table.title, table.number) for table in document.tables.values())
    return _numbers(titles).get(_key(group), group) if group else group


@memo(8)
def _numbers(titles: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """The numbers of statements by their titles, of those that only one has."""
    keys = [_key(title) for title, _ in titles]
    return {
        key: number for key, (_, number) in zip(keys, titles, strict=True) if keys.count(key) == 1
    }


def _key(title: str) -> str:
    return without_year(key_of(title))
