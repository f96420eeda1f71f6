"""列对照.yaml: what each column of a flat list is used as, and what its values stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from msgspec import Struct, field
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from generator.core.findings import Finding, Location, UnusableInputError, has_errors
from generator.drafts.words.units import Unit
from generator.importing.flat_list.meanings import TOLD, Meaning
from generator.load.yaml.tree import read_yaml
from generator.load.yaml.write import yaml_text
from generator.model.vocabulary import Vocabulary

_HEAD = """\
# 列对照：清单的每一列用作什么。程序按列名和内容提出，由人核对；核对后把“确认”改为 是，再读入一次。
# “用作”可以写：
{meanings}
# “金额”要写“来源”，只能是：{sources}；
# 上年结转的写作 来源: {general}/上年结转。
# “取值”说明列里的每个值当作什么：支出类别写 基本支出/人员经费、基本支出/公用经费、基本支出、
# 项目支出{classes}；资金来源写上面的名称；当年或结转写 当年预算、上年结转；
# 政府采购写 货物、工程、服务、是（不分种类）、否；政府购买服务写 是、否。
"""
_UNDECIDED = (Meaning.OPEN.value, "")
OF_VALUES = (
    Meaning.KIND,
    Meaning.SOURCE,
    Meaning.YEAR_OF_MONEY,
    Meaning.PROCUREMENT,
    Meaning.SERVICES,
)
"""The meanings of columns whose values stand for something that must be known."""
UNITS = tuple(unit.words for unit in Unit)


class Sureness(StrEnum):
    """How sure a proposal is."""

    HIGH = "高"
    MIDDLE = "中"
    LOW = "低"


class ListColumn(Struct):
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
        """The values of which it is not clear what they stand for, where that matters."""
        if self.meaning not in OF_VALUES:
            return []
        return [value for value, stands_for in self.values.items() if stands_for in _UNDECIDED]


class ColumnMap(Struct):
    """The columns of the lists of one import; lists with the same columns share them.

    Attributes:
        unit: of the amounts of lists that state none themselves; ``""`` if that is not known.
        asks_unit: whether a list states none, so that somebody must.
        file: where it is written, if it is.
    """

    unit: str = ""
    columns: list[ListColumn] = field(default_factory=list)
    confirmed: bool = False
    asks_unit: bool = False
    file: Path | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody must decide about anything."""
        return self.asks_unit or bool(self.open)

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
        raise UnusableInputError(_finding(file, each) for each in error.errors()[:5]) from error
    columns = [
        ListColumn(
            column.name,
            column.meaning,
            column.source,
            {value: stands_for or "" for value, stands_for in column.values.items()},
        )
        for column in written.columns
    ]
    unit = "" if written.unit in _UNDECIDED else written.unit or ""
    if unit and unit not in UNITS:
        raise UnusableInputError([unknown_word(file, "金额单位", unit, UNITS)])
    return ColumnMap(unit, columns, confirmed=written.confirmed == "是", file=file)


def unknown_word(file: Path | None, where: str, word: str, allowed: Sequence[str]) -> Finding:
    """What is told of a word that 列对照 does not know, with those that it does."""
    return Finding(
        "E608",
        f"“{where}”写的是“{word}”",
        f"只能写{'、'.join(allowed)}",
        Location(file) if file else None,
    )


def _finding(file: Path, error: ErrorDetails) -> Finding:
    steps = (f"第{step + 1}列" if isinstance(step, int) else step for step in error["loc"])
    where, written = "/".join(steps), error["input"]
    known = "、".join(Meaning)
    said = "" if isinstance(written, dict | list) or written is None else f"，写的是“{written}”"
    wrong = {"missing": "没有写", "extra_forbidden": f"没有这个键{said}"}
    return Finding(
        "E608",
        f"“{where or '全文'}”不是列对照的写法",
        f"“用作”只能是{known}；删去文件，再读入一次会重新写出",
        Location(file),
        excerpt=wrong.get(error["type"], f"写法不对{said}"),
    )


def columns_text(columns: ColumnMap, vocabulary: Vocabulary) -> str:
    """列对照.yaml with comments: examples of each column, and how sure its use is.

    Args:
        columns: what they are used as.
        vocabulary: the words of the pack, which the comments name.
    """
    unit = columns.unit or (Meaning.OPEN.value if columns.asks_unit else "")
    data: dict[str, Any] = {
        "确认": "是" if columns.confirmed else "否",
        **({"金额单位": unit} if unit else {}),
        "列": [_written(column) for column in columns.columns],
    }
    comments: dict[tuple[str | int, ...], str] = {}
    if columns.asks_unit:
        comments["金额单位",] = "有清单没有写明，写 元 或 万元"
    for number, column in enumerate(columns.columns):
        examples = "、".join(column.examples)
        words = [f"例：{examples}" if examples else "没有内容"]
        if not columns.confirmed:
            words.append(f"把握：{column.sureness}")
        comments["列", number] = "；".join(words)
    head = _HEAD.format(
        meanings="\n".join(f"#   {each}：{TOLD[each]}" for each in Meaning),
        sources="、".join(vocabulary.sources),
        general=vocabulary.general,
        classes="".join(f" 或 项目支出/{name}" for name in vocabulary.project_classes.names),
    )
    return head + yaml_text(data, comments)


def _written(column: ListColumn) -> Mapping[str, Any]:
    written: dict[str, Any] = {"列": column.name, "用作": column.meaning.value}
    if column.meaning is Meaning.AMOUNT:
        written["来源"] = column.source or Meaning.OPEN.value
    if column.values:
        values = column.values.items()
        written["取值"] = {value: stands_for or Meaning.OPEN.value for value, stands_for in values}
    return written
