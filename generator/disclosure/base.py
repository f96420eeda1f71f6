"""The common ground of all data models: Chinese keys, nothing unknown, amounts in 元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

_AMOUNT = re.compile(r"\d{1,15}(\.\d{1,2})?")
_FLAGS = {"是": True, "否": False}


class Model(BaseModel):
    """Base of every model: immutable, strict about keys, filled through Chinese aliases."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)

    def items(self) -> Iterator[tuple[str, Any]]:
        """The values by their Chinese keys, in the order of declaration."""
        for name, field in type(self).model_fields.items():
            yield field.alias or name, getattr(self, name)


def _amount(value: Any) -> Decimal:
    """Reads an amount in 元: digits with at most 角 and 分, never negative.

    Raises:
        PydanticCustomError: code E204, with what is wrong and how to write it.
    """
    if isinstance(value, Decimal):
        return value
    text = str(value).strip() if isinstance(value, str | int) else ""
    if _AMOUNT.fullmatch(text):
        return Decimal(text)
    if isinstance(value, list | dict):
        cause = "这里只写一个金额"
    elif not text:
        cause = "没有写金额"
    elif text.startswith("-"):
        cause = f"金额不能为负，现在是“{text}”"
    elif "," in text or "，" in text:
        cause = f"金额不加千分位，现在是“{text}”"
    elif "万" in text or "元" in text:
        cause = f"金额不写单位，现在是“{text}”"
    else:
        cause = f"“{text}”不是金额"
    raise PydanticCustomError(
        "amount",
        "{cause}",
        {
            "cause": cause,
            "code": "E204",
            "remedy": "以元为单位只写数字，最多两位小数，如 1932000 或 0.50",
        },
    )


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in _FLAGS:
        return _FLAGS[value]
    raise PydanticCustomError(
        "flag",
        "只能写“是”或“否”，现在是“{value}”",
        {"value": "" if value is None else str(value), "remedy": "改成“是”或“否”"},
    )


Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    WithJsonSchema({"type": "number", "minimum": 0, "description": "金额，单位：元"}),
]
"""A non-negative amount in 元 with at most two decimals."""

Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"enum": ["是", "否"]})]
"""A yes or no, written 是 or 否."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""A text that is not empty."""

MaybeText = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
"""A text that may be left blank, as in a form cell."""


def _code(value: Any, lengths: tuple[int, ...], level: str) -> str:
    text = "" if value is None else str(value).strip()
    if text.isascii() and text.isdigit() and len(text) in lengths:
        return text
    raise PydanticCustomError(
        "code",
        "{message}",
        {
            "message": f"科目编码“{text}”不是{level}",
            "code": "E207",
            "remedy": f"填写{level}编码（{'或'.join(str(n) for n in lengths)} 位数字）",
        },
    )


_CODE_SCHEMA = WithJsonSchema({"type": ["string", "integer"]})

FunctionalItemCode = Annotated[
    str, BeforeValidator(lambda value: _code(value, (7,), "功能分类的项")), _CODE_SCHEMA
]
"""A functional classification code at item level (项, 7 digits). 预算法 第三十二条、第四十六条."""

EconomicSectionCode = Annotated[
    str, BeforeValidator(lambda value: _code(value, (5,), "经济分类的款")), _CODE_SCHEMA
]
"""An economic classification code at section level (款, 5 digits). 预算法 第四十六条."""

RevenueCode = Annotated[
    str, BeforeValidator(lambda value: _code(value, (7, 9), "收入分类的项或目")), _CODE_SCHEMA
]
"""A revenue classification code (项 or 目)."""
