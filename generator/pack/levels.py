"""At which levels a pack compares two years: 分级比较 of pack.yaml."""

from __future__ import annotations

from pydantic import Field

from generator.model.base import Model, Text


class LevelRows(Model):
    """The rows of a statement that stand for some dimensions, the upper level first."""

    statement: Text = Field(alias="表")
    block: str = Field(default="", alias="栏", description="表里只有一栏的不写")
    dimensions: tuple[Text, ...] = Field(alias="维度", min_length=1)
    column: Text = Field(default="合计", alias="列")


class LevelDefinition(Model):
    """One table of the comparison: single figures, rows of a statement, and their total."""

    name: Text = Field(alias="名称")
    figures: dict[Text, Text] = Field(
        default_factory=dict, alias="数", description="名称: 数字地址"
    )
    rows: LevelRows | None = Field(default=None, alias="各行")
    total: Text | None = Field(
        default=None,
        alias="合计",
        description="合计的地址；各行没有分到的列作“未分列”，哪一年完全没有分就不比",
    )
