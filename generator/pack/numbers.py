"""How a place writes its numbers: the part 数字 of pack.yaml, and what it makes of a figure."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from generator.compute.statements.definition import StatementDefinition
from generator.core.figures import Figure
from generator.core.numbers.format import formatted
from generator.model.base import Model, NumberPattern, Text

_MONEY = ("元", "万元")


class NumberSettings(Model):
    """The patterns of tables, text and forms; amounts of the text are in 万元."""

    table: NumberPattern = Field(default="0.00", alias="报表")
    table_zero: str = Field(default="", alias="报表的零", description="没有金额的格印什么")
    text: NumberPattern = Field(default="#,##0.00", alias="文字")
    plain_text: NumberPattern = Field(
        default="0.00", alias="文字简式", description="不加千分位处；与“文字”相同则全文一致"
    )
    percent: NumberPattern = Field(default="0.00", alias="占比")
    whole_percent: NumberPattern = Field(default="0", alias="整数占比")
    zero: Text = Field(default="0", alias="文字的零", description="没有金额时文字里印的数")
    form: NumberPattern = Field(default="#,##0", alias="绩效目标表", description="元，没有角分")
    form_cents: NumberPattern = Field(
        default="#,##0.00", alias="绩效目标表角分", description="元，有角分"
    )
    overall_form: NumberPattern = Field(default="0.00", alias="整体绩效目标表", description="万元")
    least_share: Decimal = Field(
        default=Decimal(0), alias="占比省略下限", description="五（二）里小于此数（%）的占比不印"
    )

    def completed(self, definition: StatementDefinition) -> StatementDefinition:
        """A statement with these patterns, if it has none of its own."""
        own = {
            "pattern": definition.pattern or self.table,
            "zero": self.table_zero if definition.zero is None else definition.zero,
        }
        return definition.model_copy(update=own)

    def in_text(self, figure: Figure) -> str:
        """A figure of the text with thousands separators: an amount in 万元."""
        return formatted(figure.printed, self.text) if figure.value else self.zero

    def plain(self, figure: Figure) -> str:
        """A figure of the text without separators: an amount in 万元, a share, a count."""
        if not figure.value:
            return self.zero
        if figure.unit in _MONEY:
            return formatted(figure.printed, self.plain_text)
        return formatted(figure.value, self.percent) if figure.unit == "%" else figure.text

    def whole(self, figure: Figure) -> str:
        """A share as a whole number of percents."""
        return formatted(figure.value, self.whole_percent)

    def in_form(self, figure: Figure) -> str:
        """An amount of a project form, in 元: decimals only for 角 and 分."""
        whole = figure.printed == figure.printed.to_integral_value()
        return formatted(figure.printed, self.form if whole else self.form_cents)

    def in_overall_form(self, figure: Figure) -> str:
        """An amount of the overall form, in 万元, zero as well."""
        return formatted(figure.printed, self.overall_form)
