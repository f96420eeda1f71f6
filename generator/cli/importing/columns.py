"""列对照 in ``disclosure import``: proposed once, confirmed by a person, kept beside the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from generator.core.files.write import refuse_taken, write_files
from generator.core.findings import Finding, Location, UnusableInputError
from generator.load.yaml.files import COLUMNS_FILE
from generator.reports.terminal.console import ERR, OUT

if TYPE_CHECKING:
    from generator.importing.flat_list.columns import ColumnMap, ListColumn
    from generator.importing.flat_list.run import Lists
    from generator.pack.pack import Pack


class ColumnsChoice:
    """Where 列对照 is read from, and whether a proposal is taken without anybody's word.

    The file in the output folder comes before one that is typed, which only begins it: what was
    new in a list is written there and filled in there.

    Raises:
        UnusableInputError: E102 or E608 if the file that is to be used cannot be.
    """

    def __init__(self, output: Path, typed: Path | None, *, accept: bool) -> None:
        from generator.importing.flat_list.columns import read_columns

        self._output = output
        self._own = output / COLUMNS_FILE
        self._accept = accept
        self._written: ColumnMap | None = None
        self._stands = self._own.is_file()
        self._typed = typed
        self._unheeded = (
            typed is not None and self._stands and typed.resolve() != self._own.resolve()
        )
        if typed is not None and not typed.is_file():
            remedy = "检查路径；不写 --columns，程序会重新提出"
            raise UnusableInputError(
                [Finding("E102", "文件不存在或打不开", remedy, Location(typed))]
            )
        file = self._own if self._stands else typed  # somebody may have filled in our own since
        if file is not None:
            self._written = read_columns(file)

    def refuse_taken(self, remedy: str) -> None:
        """Refuses an output folder with anything in it but 列对照.

        Raises:
            UnusableInputError: E501 or E503.
        """
        if not self._lies_alone():
            refuse_taken(self._output, remedy)

    def _lies_alone(self) -> bool:
        try:
            return [path.name for path in self._output.iterdir()] == [COLUMNS_FILE]
        except OSError:
            return False

    def names(self) -> list[str]:
        """The names of the columns that are written."""
        return [column.name for column in self._written.columns] if self._written else []

    def confirmed(self, lists: Lists, pack: Pack) -> tuple[Lists, ColumnMap] | None:
        """The lists with their columns; ``None`` if there are no lists.

        Raises:
            UnusableInputError: E609 if somebody must look at the columns first; they are written.
        """
        from generator.importing.flat_list.columns import columns_text
        from generator.importing.flat_list.run import mapped

        if not lists.found:
            self._tell_unused("没有读到明细清单")
            return None
        columns = mapped(lists, self._written, pack)
        if not columns.is_open and (columns.confirmed or (self._accept and not columns.guessed)):
            columns.confirmed = True
            if self._unheeded:
                self._tell_unused(f"列对照用的是目录里的“{self._own}”")
            return lists, columns
        columns.confirmed = False
        _show(columns)
        write_files(self._output, {COLUMNS_FILE: columns_text(columns, pack.vocabulary).encode()})
        unheeded = "；要用 --columns 写的那一份，先删去这个文件" if self._unheeded else ""
        count = len(columns.open) + columns.asks_unit
        asked = f"，其中 {count} 处待定" if count else ""
        raise UnusableInputError(
            [
                Finding(
                    "E609",
                    f"明细清单的 {len(columns.columns)} 列还没有确认用作什么{asked}",
                    "看一遍这个文件，把“待定”的填上，“确认”改为 是，再运行同一条命令" + unheeded,
                    Location(self._own),
                )
            ]
        )

    def _tell_unused(self, why: str) -> None:
        if self._typed is not None:
            ERR.print(Text(f"{why}，没有用 --columns 写的“{self._typed}”"))

    def write_beside(
        self,
        write: Callable[[Mapping[str, bytes]], list[Path]],
        listed: tuple[Lists, ColumnMap] | None,
        pack: Pack,
    ) -> list[Path]:
        """Writes the data, with the columns of the lists beside it.

        Without lists those that stand in the folder stay.

        Args:
            write: writes the data and the files that it is given, by name.
            listed: the lists with their columns; ``None`` if there are none.
            pack: the pack of the place.

        Raises:
            UnusableInputError: E501; what was there before is left.
        """
        from generator.importing.flat_list.columns import columns_text

        kept = self._take_away()
        content = columns_text(listed[1], pack.vocabulary).encode() if listed else kept
        try:
            return write({} if content is None else {COLUMNS_FILE: content})
        except BaseException:
            self._put_back(kept)
            raise

    def _take_away(self) -> bytes | None:
        """Removes 列对照 from a folder that holds nothing else, which is then written anew."""
        if not self._lies_alone():
            return None
        kept = self._own.read_bytes()
        self._own.unlink()
        return kept

    def _put_back(self, kept: bytes | None) -> None:
        if kept is not None:
            self._output.mkdir(exist_ok=True)
            self._own.write_bytes(kept)


def _show(columns: ColumnMap) -> None:
    """The proposal as a table: what each column is, by which values, how surely."""
    table = Table(title="列对照", title_justify="left")
    for head in ("列", "例", "用作", "把握"):
        table.add_column(head)
    for column in columns.columns:
        table.add_row(
            Text(column.name), Text("、".join(column.examples)), Text(_use(column)), column.sureness
        )
    OUT.print(table)


def _use(column: ListColumn) -> str:
    source = f"：{column.source or '来源待定'}" if column.meaning.value == "金额" else ""
    open_values = column.open_values
    unclear = f"（{len(open_values)} 个取值待定）" if open_values else ""
    return f"{column.meaning.value}{source}{unclear}"
