"""How a place writes its numbers: the part 数字 of pack.yaml, and what it makes of a figure."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.compute.statements.definition import StatementDefinition
from generator.core.figures import Figure
from generator.core.numbers.format import MoneyFormat, MoneyUnit, formatted, step_of
from generator.model.base import Model, NumberPattern, Text

_MONEY = frozenset(MoneyUnit)


class NumberSettings(Model):
    """The patterns of tables, text and forms, and the unit of amounts in the text."""

    text_unit: MoneyUnit = Field(
        default=MoneyUnit.WAN,
        alias="文字单位",
        description="文字、图、变动原因里金额的单位；模板里写 {{ money_unit }}",
    )

    table: NumberPattern = Field(default="0.00", alias="报表")
    table_zero: str = Field(default="", alias="报表的零", description="没有金额的格印什么")
    text: NumberPattern = Field(default="#,##0.00", alias="文字")
    plain_text: NumberPattern = Field(
        default="0.00",
        alias="文字简式",
        description="不加千分位处，图和变动原因也用它；与“文字”相同则全文一致",
    )
    percent: NumberPattern = Field(default="0.00", alias="占比")
    whole_percent: NumberPattern = Field(default="0", alias="整数占比")
    count: NumberPattern = Field(
        default="0.######", alias="数量", description="文字里的个数、辆数、面积等"
    )
    zero: Text = Field(default="0", alias="文字的零", description="没有金额时文字里印的数")
    form: NumberPattern = Field(default="#,##0", alias="绩效目标表", description="元，没有角分")
    form_cents: NumberPattern = Field(
        default="#,##0.00", alias="绩效目标表角分", description="元，有角分"
    )
    overall_form: NumberPattern = Field(default="0.00", alias="整体绩效目标表", description="万元")
    least_share: Decimal = Field(
        default=Decimal(0), alias="占比省略下限", description="五（二）里小于此数（%）的占比不印"
    )

    @model_validator(mode="after")
    def _as_many_decimals(self) -> Self:
        """Amounts are rounded once, wherever in the text they stand."""
        if step_of(self.text) != step_of(self.plain_text):
            raise PydanticCustomError(
                "decimals",
                "“文字”（{text}）和“文字简式”（{plain}）的小数位数不同",
                {
                    "text": self.text,
                    "plain": self.plain_text,
                    "remedy": "两处写一样多的小数位，如 #,##0.00 和 0.00",
                },
            )
        return self

    @cached_property
    def money(self) -> MoneyFormat:
        """How the text prints amounts of money, without separators where the pack has two ways."""
        return MoneyFormat(self.text_unit, self.plain_text, self.zero)

    def completed(self, definition: StatementDefinition) -> StatementDefinition:
        """A statement with these patterns, if it has none of its own."""
        own = {
            "pattern": definition.pattern or self.table,
            "zero": self.table_zero if definition.zero is None else definition.zero,
        }
        return definition.model_copy(update=own).with_text(self.money)

    def in_text(self, figure: Figure) -> str:
        """A figure of the text with thousands separators: an amount in the unit of the text."""
        return formatted(figure.printed, self.text) if figure.value else self.zero

    def plain(self, figure: Figure) -> str:
        """A figure of the text without separators: an amount, a share, a count."""
        if not figure.value:
            return self.zero
        if figure.unit in _MONEY:
            return formatted(figure.printed, self.plain_text)
        if figure.unit == "%":
            return self.rate(figure.value)
        return formatted(figure.value, self.count)

    def rate(self, percent: Decimal) -> str:
        """A share or rate in percent, as the text prints it."""
        return formatted(percent, self.percent)

    def whole(self, figure: Figure) -> str:
        """A share as a whole number of percents."""
        return formatted(figure.value, self.whole_percent)

    def in_form(self, figure: Figure) -> str:
        """An amount of a project form, in 元: decimals only for 角 and 分."""
        whole = figure.printed == figure.printed.to_integral_value()
        return formatted(figure.printed, self.form if whole else self.form_cents)

    def in_overall_form(self, figure: Figure) -> str:
        """An amount of the overall form, in 万元, zero as well."""
        yuan = figure.value * MoneyUnit(figure.unit).yuan
        return formatted(yuan / MoneyUnit.WAN.yuan, self.overall_form)

    @property
    def overall_form_zero(self) -> str:
        """What the overall form prints of an amount that is zero by its declaration."""
        return formatted(Decimal(0), self.overall_form)
