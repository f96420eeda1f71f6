"""Whatever Click says on the command line, it says in Chinese."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from scripts.click_wording import COMPILED, click_messages, lacking, wording

MESSAGES = sorted(click_messages())


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _entries(catalog: Catalog) -> Iterator[tuple[tuple[str, ...], str]]:
    """What each message and its plural are in Chinese, which has one form for both."""
    for message in catalog:
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = (message.string,) if isinstance(message.string, str) else message.string
        if ids[0]:
            yield tuple(map(str, ids)), str(next(iter(strings or ())))


def test_click_has_messages() -> None:
    assert len(MESSAGES) > 60
    assert ("Missing command.",) in MESSAGES


def test_every_message_of_the_installed_click_has_its_chinese() -> None:
    assert lacking(wording()) == []


def test_a_message_without_chinese_is_named() -> None:
    catalog = wording()
    catalog.delete("Missing command.")
    assert lacking(catalog) == ["Missing command."]


def test_the_compiled_wording_is_the_written_one() -> None:
    with COMPILED.open("rb") as file:
        assert dict(_entries(read_mo(file))) == dict(_entries(wording()))


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message[0][:30])
def test_a_message_keeps_what_click_fills_in(message: tuple[str, ...]) -> None:
    entry = wording().get(message[0])
    assert entry is not None
    string = dict(_entries(wording()))[message]
    assert _fields(string) <= set().union(*map(_fields, message))
    assert _fields(string) or not _fields(message[0])
    assert string.count("%(") == message[0].count("%(")


@pytest.mark.parametrize("number", [1, 2, 7])
def test_one_and_several_read_alike(number: int) -> None:
    with COMPILED.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    said = translations.ngettext(
        "Takes {nargs} values but 1 was given.",
        "Takes {nargs} values but {len} were given.",
        number,
    )
    assert said.format(nargs=2, len=number) == f"要有 2 个值，写了 {number} 个。"
