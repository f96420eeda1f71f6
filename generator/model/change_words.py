"""How a place says that an amount has changed: 增减说法 of vocabulary.yaml."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import Field

from generator.model.base import Model, Text

_COMMON_MORE = ("增加", "增长", "上升", "提高")
_COMMON_LESS = ("减少", "下降", "降低")
"""What is understood whatever a pack says."""
Words = tuple[Text, ...]


class ChangeWords(Model):
    """The words for more and less; the first of each is printed, all are understood."""

    more: Words = Field(
        default=("增加",), alias="增加", min_length=1, description="金额多了怎样说；第一个是印出的"
    )
    less: Words = Field(default=("减少",), alias="减少", min_length=1, description="金额少了怎样说")
    rises: Words = Field(
        default=("增长",), alias="增长", min_length=1, description="百分比：多了怎样说"
    )
    falls: Words = Field(
        default=("下降",), alias="下降", min_length=1, description="百分比：少了怎样说"
    )
    reason: Words = Field(
        default=("主要原因是",), alias="原因", min_length=1, description="引出变动原因的话"
    )
    same: Words = Field(
        default=("相同", "持平"), alias="持平", min_length=1, description="没有变动怎样说"
    )

    def of_amount(self, *, grows: bool) -> str:
        """What is printed of an amount: 增加 or 减少."""
        return (self.more if grows else self.less)[0]

    def of_rate(self, *, grows: bool) -> str:
        """What is printed of a rate: 增长 or 下降."""
        return (self.rises if grows else self.falls)[0]

    @cached_property
    def up(self) -> str:
        """Every word that says more, as an expression; longer words come first."""
        return any_of((*self.more, *self.rises, *_COMMON_MORE))

    @cached_property
    def down(self) -> str:
        """Every word that says less, as an expression."""
        return any_of((*self.less, *self.falls, *_COMMON_LESS))

    def grows(self, word: str) -> bool:
        """Whether one of the words for a change says more."""
        return re.fullmatch(self.up, word) is not None


def any_of(words: Words) -> str:
    """One of some words, as an expression; longer words come first."""
    return "|".join(re.escape(word) for word in sorted(dict.fromkeys(words), key=len, reverse=True))


USUAL_WORDS = ChangeWords()
"""增加, 减少, 增长, 下降: what a pack says if it says nothing else."""
