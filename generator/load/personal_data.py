"""Finds personal phone, ID-card and bank numbers before they are published.

Personal data must not be in a disclosure (个人信息保护法; 政府信息公开条例 第十五条).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.core.findings import Finding
from generator.core.memo import Same, memo
from generator.core.text.patterns import late_pattern
from generator.load.yaml.tree import Path_, SourceTree
from generator.model.disclosure import Disclosure
from generator.model.performance import ProjectForm

_NUMBER = late_pattern(r"(?<![\d.,])(?:\d[ -]?){7,18}[\dXx](?![\d.,])")
_MOBILE = late_pattern(r"1[3-9]\d{9}")
_LANDLINE = late_pattern(r"0\d{2,3}[ -]\d{7,8}")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ID_LENGTH = 18
_BANK_LENGTHS = range(16, 20)
LANDLINE = "电话号码"
PlacedText = tuple[Path_, str]


class PersonalNumber(Struct, frozen=True):
    """A number in a text: its kind, where it starts, and as much of it as may be shown."""

    kind: str
    start: int
    shown: str


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """The personal numbers in a text, never the whole of one: a message must not spread it."""
    for match in _NUMBER.finditer(text):
        kind = kind_of_number(match[0])
        if kind is not None:
            yield PersonalNumber(kind, match.start(), _shown(match[0]))


def masked(text: str) -> str:
    """A text with its personal numbers as they may be shown."""
    return _NUMBER.sub(
        lambda match: _shown(match[0]) if kind_of_number(match[0]) else match[0], text
    )


def _shown(number: str) -> str:
    return f"{number[:3]}…{number[-2:]}"


def personal_data(
    disclosure: Disclosure, source: SourceTree, *, allowed: bool
) -> Iterator[Finding]:
    """Yields a finding for each number in a text: E215, or W215 where publishing it was allowed.

    Amounts are not texts: 13800138000 元 is no telephone number.
    """
    for path, number in _numbers(disclosure):
        message = f"疑似{number.kind}：{number.shown}（第 {number.start + 1} 个字起）"
        remedy = "删除；确需公布的，生成时加 --allow-personal-data"
        place = source.place(path)
        yield Finding("W215" if allowed else "E215", message, remedy, place)


def _numbers(disclosure: Disclosure) -> Iterator[tuple[Path_, PersonalNumber]]:
    """The personal numbers of a disclosure, in its order, with the paths of their texts."""
    rest = disclosure.model_dump(by_alias=True, exclude={"forms"})
    for name, field in Disclosure.model_fields.items():
        key = field.alias or name
        if key in rest:
            yield from _numbers_in(texts_of(rest[key], (key,)))
            continue
        for index, form in enumerate(disclosure.forms):
            for path, number in _numbers_of_form(Same(form)):
                yield (key, index, *path), number


@memo(1000)
def _numbers_of_form(form: Same[ProjectForm]) -> tuple[tuple[Path_, PersonalNumber], ...]:
    return tuple(_numbers_in(texts_of_form(form)))


def _numbers_in(texts: Iterable[PlacedText]) -> Iterator[tuple[Path_, PersonalNumber]]:
    texts = list(texts)
    together = "\n".join([text for _, text in texts])  # no number goes over a line break
    if next(personal_numbers(together), None) is None:  # as almost always
        return
    for place, text in texts:
        for number in personal_numbers(text):
            yield place, number


@memo(1000)
def texts_of_form(form: Same[ProjectForm]) -> tuple[PlacedText, ...]:
    """Every text of a form with its path, empty ones too."""
    return tuple(texts_of(form.it.model_dump(by_alias=True)))


def texts_of(data: object, path: Path_ = ()) -> Iterator[PlacedText]:
    """Every text in data as it was read, with its path."""
    if isinstance(data, str):
        yield path, data
        return
    children: Iterable[tuple[str | int, object]] = ()
    if isinstance(data, dict):
        children = data.items()
    elif isinstance(data, list | tuple):
        children = enumerate(data)
    for key, value in children:
        if isinstance(value, str):
            yield (*path, key), value
        else:
            yield from texts_of(value, (*path, key))


def kind_of_number(written: str) -> str | None:
    """Tells what a number is: 手机号码, 电话号码, 身份证号码, 银行卡号, or nothing personal."""
    digits = re.sub(r"[ -]", "", written).upper()
    if _LANDLINE.fullmatch(written):
        return "电话号码"
    if _MOBILE.fullmatch(digits):
        return "手机号码"
    if _is_id_card(digits):
        return "身份证号码"
    if len(digits) in _BANK_LENGTHS and digits.isdigit() and _passes_luhn(digits):
        return "银行卡号"
    return None


def _is_id_card(digits: str) -> bool:
    """Checks the check character of an ID-card number (GB 11643)."""
    if len(digits) != _ID_LENGTH or not digits[:-1].isdigit():
        return False
    weighted = sum(int(d) * w for d, w in zip(digits, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[weighted % 11] == digits[-1]


def _passes_luhn(digits: str) -> bool:
    """Checks the check digit of a bank card (ISO/IEC 7812)."""
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0  # noqa: PLR2004
