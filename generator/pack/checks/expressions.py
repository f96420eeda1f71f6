"""Regular expressions of a pack: correct, and sure to come to an end.

Python's matching goes back and tries again; an expression such as ``(a+)+$`` tries for years. So a
repetition without limit may not hold what can be repeated or left out, nor alternatives that begin
alike.
"""

from __future__ import annotations

import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Annotated, Any

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.model.base import Text

_LONGEST = 500
"""Characters of an expression."""
_MOST = 1000
"""How often something may be repeated, where it is said."""
_UNLIMITED = 4
"""How many repetitions without limit an expression may hold."""
_REPEATING = late_pattern("[*+{]")
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)


def expression(text: str) -> str:
    """A regular expression, if it is one and comes to an end.

    Raises:
        PydanticCustomError: if it is not.
    """
    remedy = "括号、方括号要成对；原样的符号前面加反斜杠"
    try:
        if len(text) > _LONGEST:
            raise ValueError("too long")
        re.compile(text)
    except (re.error, ValueError, OverflowError, RecursionError) as error:
        cause = "“{text}”不是正确的正则表达式"
        raise PydanticCustomError(
            "expression", cause, {"text": text[:_LONGEST], "remedy": remedy}
        ) from error
    if _REPEATING.search(text) and _takes_long(text):
        cause = "“{text}”可能要找很久"
        remedy = "重复（+ 和 *）里面不再写重复、可有可无的或开头相同的几种，+ 和 * 一共不超过四个"
        raise PydanticCustomError("expression", cause, {"text": text, "remedy": remedy})
    return text


@memo(1000)
def _takes_long(text: str) -> bool:
    tree = parser.parse(text)
    return _endless(tree) or _unlimited(tree) > _UNLIMITED


Expression = Annotated[Text, AfterValidator(expression)]
"""A regular expression; plain words are one as well."""
Expressions = tuple[Expression, ...]


@memo(100)
def patterns(expressions: Expressions) -> tuple[re.Pattern[str], ...]:
    """Expressions for thousands of texts: what Python remembers of texts alone is soon too much."""
    return tuple(map(re.compile, expressions))


def _below(argument: Any) -> list[Any]:
    """The expressions within the argument of an operation."""
    if isinstance(argument, parser.SubPattern):
        return [argument]
    if isinstance(argument, list | tuple):
        return [found for each in argument for found in _below(each)]
    return []


def _endless(tree: Any, *, repeated: bool = False) -> bool:
    """Whether matching may try the same again and again."""
    for operation, argument in tree:
        inner = repeated
        if operation in _REPEATS or operation is getattr(codes, "POSSESSIVE_REPEAT", None):
            least, most = argument[:2]
            if repeated and least != most:
                return True
            if most is not codes.MAXREPEAT and most > _MOST:
                return True
            inner = repeated or most is codes.MAXREPEAT or most > _UNLIMITED
        if repeated and operation is codes.BRANCH and _alike(argument[1]):
            return True
        if any(_endless(each, repeated=inner) for each in _below(argument)):
            return True
    return False


def _alike(branches: Any) -> bool:
    """Whether alternatives may begin with the same character, as far as can be told."""
    firsts = [branch[0] if len(branch) else None for branch in branches]
    letters = {first[1] for first in firsts if first and first[0] is codes.LITERAL}
    return len(letters) < len(firsts)


def _unlimited(tree: Any) -> int:
    return sum(
        (operation in _REPEATS and argument[1] is codes.MAXREPEAT)
        + sum(map(_unlimited, _below(argument)))
        for operation, argument in tree
    )
