"""列对照.yaml: what each column of a flat list is used as, and what its values stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from generator.core.findings import Finding, Place, UnusableInputError, has_errors
from generator.importing.flat_list.meanings import TOLD, Meaning
from generator.load.yaml.tree import read_yaml
from generator.load.yaml.write import yaml_text

_HEAD = """\
# 列对照：清单的每一列用作什么。程序按列名和内容提出，由人核对；核对后把“确认”改为 是，再读入一次。
# “用作”可以写：
{meanings}
# “金额”要写“来源”：模板包里的资金来源；上年结转的写作 来源: 一般公共预算/上年结转。
# “取值”说明列里的每个值当作什么：支出类别写 基本支出/人员经费、基本支出/公用经费、基本支出、
# 项目支出 或 项目支出/项目类别；资金来源写模板包里的名称；当年或结转写 当年预算、上年结转。
"""
_UNDECIDED = (Meaning.OPEN.value, "")


class Sureness(StrEnum):
    """How sure a proposal is."""

    HIGH = "高"
    MIDDLE = "中"
    LOW = "低"


@dataclass(slots=True)
class ListColumn:
    """A column: its name, what it is used as, and what of it led to that.

    Attributes:
        source: the fund source of an amount, as ``来源`` or ``来源/上年结转``.
        values: what the values of the column stand for, by value.
        examples: some of its values.
    """

    name: str
    meaning: Meaning
    source: str = ""
    values: dict[str, str] = field(default_factory=dict)
    sureness: Sureness = Sureness.HIGH
    examples: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is not clear what it, or one of its values, stands for."""
        unsaid = self.meaning is Meaning.AMOUNT and self.source in _UNDECIDED
        return self.meaning is Meaning.OPEN or unsaid or any(self.open_values)

    @property
    def open_values(self) -> list[str]:
        """The values of which it is not clear what they stand for."""
        return [value for value, stands_for in self.values.items() if stands_for in _UNDECIDED]


@dataclass(slots=True)
class ColumnMap:
    """The columns of the lists of one import; lists with the same columns share them."""

    unit: str = ""
    columns: list[ListColumn] = field(default_factory=list)
    confirmed: bool = False

    def column(self, name: str) -> ListColumn | None:
        """The column of a name."""
        return next((each for each in self.columns if each.name == name), None)

    @property
    def open(self) -> list[ListColumn]:
        """The columns that somebody must decide about."""
        return [column for column in self.columns if column.is_open]

    @property
    def guessed(self) -> list[ListColumn]:
        """The columns of which the use is not much more than a guess."""
        return [column for column in self.columns if column.sureness is Sureness.LOW]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _WrittenColumn(_Strict):
    name: Annotated[str, Field(alias="列")]
    meaning: Annotated[Meaning, Field(alias="用作")]
    source: Annotated[str, Field(alias="来源")] = ""
    values: Annotated[dict[str, str | None], Field(alias="取值")] = {}


class _Written(_Strict):
    confirmed: Annotated[str, Field(alias="确认", pattern="^[是否]$")] = "否"
    unit: Annotated[str | None, Field(alias="金额单位")] = None
    columns: Annotated[list[_WrittenColumn], Field(alias="列")]


def read_columns(file: Path) -> ColumnMap:
    """Reads 列对照.yaml.

    Raises:
        UnusableInputError: E608 with what is wrong in it, or what is wrong with the YAML.
    """
    tree = read_yaml(file)
    if has_errors(tree.findings):
        raise UnusableInputError(tree.findings)
    try:
        written = _Written.model_validate(tree.data)
    except ValidationError as error:
        raise UnusableInputError(
            [_finding(file, each["loc"], each["msg"]) for each in error.errors()[:5]]
        ) from error
    columns = [
        ListColumn(
            each.name,
            each.meaning,
            each.source,
            {value: stands_for or "" for value, stands_for in each.values.items()},
        )
        for each in written.columns
    ]
    unit = written.unit if written.unit not in (None, *_UNDECIDED) else ""
    return ColumnMap(unit or "", columns, confirmed=written.confirmed == "是")


def _finding(file: Path, path: tuple[Any, ...], message: str) -> Finding:
    where = "/".join(f"第{step + 1}列" if isinstance(step, int) else step for step in path)
    known = "、".join(Meaning)
    return Finding(
        "E608",
        f"“{where or '全文'}”不是列对照的写法",
        f"“用作”只能是{known}；删去文件，再读入一次会重新写出",
        Place(file),
        excerpt=message,
    )


def columns_text(columns: ColumnMap) -> str:
    """列对照.yaml with comments: examples of each column, and how sure its use is."""
    data: dict[str, Any] = {
        "确认": "是" if columns.confirmed else "否",
        "金额单位": columns.unit or Meaning.OPEN.value,
        "列": [_written(column) for column in columns.columns],
    }
    comments: dict[tuple[str | int, ...], str] = {}
    if not columns.unit:
        comments["金额单位",] = "清单没有写明，写 元 或 万元"
    for number, column in enumerate(columns.columns):
        examples = "、".join(column.examples)
        words = [f"例：{examples}" if examples else "没有内容"]
        if not columns.confirmed:
            words.append(f"把握：{column.sureness}")
        comments["列", number] = "；".join(words)
    head = _HEAD.format(meanings="\n".join(f"#   {each}：{TOLD[each]}" for each in Meaning))
    return head + yaml_text(data, comments)


def _written(column: ListColumn) -> Mapping[str, Any]:
    written: dict[str, Any] = {"列": column.name, "用作": column.meaning.value}
    if column.meaning is Meaning.AMOUNT:
        written["来源"] = column.source or Meaning.OPEN.value
    if column.values:
        values = column.values.items()
        written["取值"] = {value: stands_for or Meaning.OPEN.value for value, stands_for in values}
    return written
