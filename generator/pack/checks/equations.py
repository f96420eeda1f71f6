"""The language of reconciliations: sums of addresses on both sides of ``=``, ``≥`` or ``≤``.

::

    表二/{科目类}/{列} = ∑表二/{科目款}/{列}

An address is table, block where the table has named ones, row, column. A row is a key, a
pattern of keys with ``*``, ``{行}`` or ``{dimension}``; a column is a title or ``{列}``. What
stands in braces on the left is gone through; on the right it means the same row or column,
and a dimension after ``∑`` that the left does not name is summed over the rows below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.compute.statements.definition import StatementBlock, StatementDefinition
from generator.core.memo import Same, memo
from generator.core.text.patterns import late_pattern

ANY_ROW = "行"
ANY_COLUMN = "{列}"
_SIDES = late_pattern(r"\s+([=≥≤])\s+")
_SIGNS = late_pattern(r"\s+([+−])\s+")
_BRACES = late_pattern(r"\{(\w+)\}")


class EquationError(ValueError):
    """An equation that cannot be read, or that has an address no statement can have."""


class EquationTerm(Struct, frozen=True):
    """An address with its sign; several cells where it is a sum.

    Attributes:
        text: the address as written.
        row: a key or a pattern of keys; empty if ``dimension`` says which rows.
        dimension: ``行``, or the dimension whose rows are meant.
        column: a title, or ``{列}``.
    """

    text: str
    sign: int
    summed: bool
    table: str
    block: str
    row: str
    dimension: str
    column: str


class Equation(Struct, frozen=True):
    """An equation or inequality; ``columns`` are those that ``{列}`` goes through."""

    text: str
    left: tuple[EquationTerm, ...]
    relation: str
    right: tuple[EquationTerm, ...]
    columns: tuple[str, ...]

    @property
    def terms(self) -> tuple[EquationTerm, ...]:
        """Every term of both sides."""
        return self.left + self.right

    @property
    def variable(self) -> str:
        """What the rows of the left side go through; empty if they are fixed."""
        return next((term.dimension for term in self.left if not term.summed), "")


def split_equation(text: str) -> tuple[str, str, str]:
    """The two sides and what stands between them.

    Raises:
        EquationError: if there are not exactly two sides.
    """
    parts = _SIDES.split(text.strip())
    if len(parts) != len(("left", "=", "right")):
        raise EquationError(f"“{text}”应当写成“左边 = 右边”，中间是 =、≥ 或 ≤，两旁各空一格")
    return parts[0], parts[1], parts[2]


def read_equation(text: str, statements: Sequence[StatementDefinition]) -> Equation:
    """Reads an equation against the statements that it speaks of.

    Raises:
        EquationError: if it cannot be read, or no statement can have an address of it.
    """
    definitions = {statement.number: statement for statement in statements}
    left_text, relation, right_text = split_equation(text)
    left = tuple(_terms(left_text, definitions))
    right = tuple(_terms(right_text, definitions))
    columns = _columns(_block(left[0].text, definitions)[0]) if _any_column(left) else ()
    equation = Equation(text, left, relation, right, columns)
    _check_variables(equation)
    for term in equation.terms:
        lacking = set(columns) - set(_columns(_block(term.text, definitions)[0]))
        if term.column == ANY_COLUMN and lacking:
            raise EquationError(f"“{term.text}”没有“{'、'.join(sorted(lacking))}”这一列")
    return equation


def check_address(address: str, statements: Sequence[StatementDefinition]) -> None:
    """Checks that a statement can have a cell of this address.

    Raises:
        EquationError: if none can.
    """
    _term(address, 1, {statement.number: statement for statement in statements})


def _check_variables(equation: Equation) -> None:
    for term in equation.right:
        bound = term.summed or term.dimension in ("", equation.variable)
        if not bound or (term.column == ANY_COLUMN and not equation.columns):
            raise EquationError(f"“{term.text}”里花括号中的名称在左边没有出现")


def _any_column(terms: Sequence[EquationTerm]) -> bool:
    return any(term.column == ANY_COLUMN for term in terms)


def _terms(text: str, definitions: Mapping[str, StatementDefinition]) -> Iterator[EquationTerm]:
    parts = _SIGNS.split(text)
    for sign, address in zip(("+", *parts[1::2]), parts[::2], strict=True):
        yield _term(address.strip(), -1 if sign == "−" else 1, definitions)


def _term(written: str, sign: int, definitions: Mapping[str, StatementDefinition]) -> EquationTerm:
    summed, address = written.startswith("∑"), written.removeprefix("∑")
    block, steps = _block(address, definitions)
    row, column = "/".join(steps[:-1]), steps[-1]
    braces = _BRACES.fullmatch(row)
    dimension = braces.group(1) if braces else ""
    _check_row(address, row, dimension, summed, block)
    if column not in (ANY_COLUMN, *_columns(block)):
        known = "、".join(_columns(block))
        raise EquationError(f"“{address}”：没有“{column}”这一列，可用：{known}")
    table = address.split("/")[0]
    return EquationTerm(
        address, sign, summed, table, block.name or "", "" if braces else row, dimension, column
    )


def _block(
    address: str, definitions: Mapping[str, StatementDefinition]
) -> tuple[StatementBlock, Sequence[str]]:
    """The block that an address leads to, and the steps within it."""
    number, *steps = address.removeprefix("∑").split("/")
    if number not in definitions:
        raise EquationError(f"“{address}”：没有“{number}”这张表")
    blocks = definitions[number].blocks
    named = {block.name: block for block in blocks if block.name}
    if named:
        block = named.get(steps[0]) if steps else None
        steps = steps[1:]
    else:
        block = blocks[0]
    if block is None:
        raise EquationError(f"“{address}”：{number}有{'、'.join(named)}各栏，要写明哪一栏")
    if len(steps) < len(("row", "column")):
        raise EquationError(f"“{address}”要写到行和列")
    return block, steps


def _check_row(address: str, row: str, dimension: str, summed: bool, block: StatementBlock) -> None:
    fixed, expanded = _rows(Same(block))
    if dimension:
        if dimension not in (ANY_ROW, *expanded):
            known = "、".join(dict.fromkeys(expanded)) or "没有"
            raise EquationError(f"“{address}”：表里没有“{dimension}”这一级，展开的有：{known}")
    elif not summed and "*" in row:
        raise EquationError(f"“{address}”：有 * 的地址前面要写 ∑")
    elif row not in fixed and not (expanded and (summed or row.isdigit())):
        raise EquationError(f"“{address}”：没有“{row}”这一行，可用：{'、'.join(fixed)}")


@memo(64)
def _rows(block: Same[StatementBlock]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the rows that a block always has, and the dimensions it is expanded by."""
    rules = (*block.it.rows, *block.it.totals)
    fixed = (rule.name or rule.title or "" for rule in rules if not rule.expand and not rule.blank)
    return tuple(fixed), tuple(name for rule in rules for level in rule.expand for name in level)


def _columns(block: StatementBlock) -> tuple[str, ...]:
    return tuple(leaf.key for leaf in block.leaves() if leaf.content is None)
