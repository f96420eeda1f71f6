"""The common ground of all data models: Chinese keys, nothing unknown, amounts in 元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Self, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.core.dates import check_date_pattern
from generator.core.numbers.format import check_pattern
from generator.core.text.patterns import late_pattern
from generator.model.written_amounts import in_yuan, strange_characters

_AMOUNT = late_pattern(r"[0-9]{1,15}(\.[0-9]{1,2})?")
_SIGNS = ("-", "−", "－", "△", "▲", "(", "（")
_NET = (
    "预算收支按正数编列：录错的改成正数；确要冲减的，在被冲减的那一项或“上年结转”里扣除，只填净额"
)
_FLAGS = {"是": True, "否": False}
NOTHING = "无"


class Model(BaseModel):
    """Base of every model: immutable, strict about keys, filled through Chinese aliases."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False, defer_build=True)

    def items(self) -> Iterator[tuple[str, Any]]:
        """The values by their Chinese keys, in the order of declaration."""
        for name, field in type(self).model_fields.items():
            yield field.alias or name, getattr(self, name)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values, without what was derived from the values of the original.

        Pydantic copies the values of cached properties too.
        """
        copied = super().model_copy(update=update, deep=deep)
        for name in list(copied.__dict__) if update else ():
            if isinstance(getattr(type(self), name, None), cached_property):
                del copied.__dict__[name]
        return copied


class Named:
    """Content that may have names of the pack's vocabulary as keys."""

    @classmethod
    def names(cls, vocabulary: Any) -> tuple[str, ...]:
        """The names that may stand in it, by the vocabulary of a pack."""
        raise NotImplementedError

    @classmethod
    def nothing(cls, _: Any) -> dict[str, Any]:
        """What says that there is none of anything; what is left out is nothing."""
        return {}


class OpenModel(Model, Named):
    """A model that has keys of its own, and names of the vocabulary."""

    model_config = ConfigDict(extra="allow")

    def items(self) -> Iterator[tuple[str, Any]]:
        """The values by their Chinese keys, those of the model first."""
        yield from super().items()
        own = (self.model_extra or {}).items()
        yield from ((name, value) for name, value in own if value is not None)


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
    raise PydanticCustomError(
        "amount",
        "{cause}",
        {"cause": _wrong_amount(value, text), "code": "E204", "remedy": _amount_remedy(text)},
    )


def _wrong_amount(value: Any, text: str) -> str:
    """What is wrong with what stands for an amount."""
    if isinstance(value, list | dict):
        return "这里只写一个金额"
    if not text:
        return "没有写金额"
    wrong = {
        "两项之间的逗号、冒号要用半角的，后面加空格": ":" in text or "：" in text,
        "金额不能为负": text.startswith(_SIGNS),
        strange_characters(text): bool(strange_characters(text)),
        "金额不加千分位": "," in text or "，" in text,
        "金额不写单位": any(unit in text for unit in "万亿元"),
    }
    cause = next((each for each, found in wrong.items() if found), "")
    return f"{cause}，现在是“{text}”" if cause else f"“{text}”不是金额"


def _amount_remedy(text: str) -> str:
    """How to write it, as far as that is certain."""
    if text.startswith(_SIGNS):
        return _NET
    meant = in_yuan(text)
    if meant:
        return f"写成 {meant}（以元为单位）"
    return "以元为单位只写数字，最多两位小数，如 1932000 或 0.50"


def _plain_number(value: Any) -> Any:
    """Lets through a number only if it is written with 0 to 9: pydantic takes ３, ٣ and 1_0 too."""
    if isinstance(value, str) and ("_" in value or strange_characters(value)):
        cause = strange_characters(value) or "数字里有下划线"
        meant = in_yuan(value.replace("_", ""))
        raise PydanticCustomError(
            "number",
            "{cause}，现在是“{value}”",
            {
                "cause": cause,
                "value": value,
                "remedy": f"写成 {meant}" if meant else "只写数字，不写单位和别的字",
            },
        )
    return value


PLAIN = BeforeValidator(_plain_number)
"""Marks a number that is no amount: counts, sizes, years."""


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


def _pattern(value: str) -> str:
    try:
        return check_pattern(value)
    except ValueError as error:
        raise PydanticCustomError(
            "number_pattern",
            "“{value}”不是数字格式",
            {"value": value, "remedy": "写成 0.00（不加千分位）或 #,##0.00（加千分位）这样的格式"},
        ) from error


def _date_pattern(value: str) -> str:
    try:
        return check_date_pattern(value)
    except ValueError as error:
        raise PydanticCustomError(
            "date_pattern",
            "“{value}”不是日期格式",
            {"value": value, "remedy": "年月日各写一次，如 y年M月d日（2026年2月9日）或 y.MM.dd"},
        ) from error


DatePattern = Annotated[Text, AfterValidator(_date_pattern)]
"""A CLDR date pattern of year, month and day: ``y年M月d日``."""

NumberPattern = Annotated[Text, AfterValidator(_pattern)]
"""A CLDR number pattern: ``0.00``, ``#,##0.00``, ``#,##0``."""
"""A text that is not empty."""

MaybeText = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
"""A text that may be left blank, as in a form cell."""


class OrNothing:
    """Marks content instead of which 无 may be written: every count and amount in it is then 0.

    Whoever leaves it out, or blank, says nothing: then none of its fields is set.
    """

    def __get_pydantic_core_schema__(self, kind: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Puts the reading of 无 before that of the content."""
        blank: Any = [] if get_origin(kind) is tuple else {}

        def read(value: Any, info: ValidationInfo) -> Any:
            if value is None:
                return blank
            if not isinstance(value, str):
                return value
            if value.strip() == NOTHING:
                return _nothing(kind, info.context)
            raise PydanticCustomError(
                "nothing",
                "这里写明细，或者写“无”，现在是“{value}”",
                {"value": value, "remedy": "没有的写“无”，有的逐项填写"},
            )

        return core_schema.with_info_before_validator_function(read, handler(kind))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Offers 无 beside the content."""
        return {"anyOf": [handler(schema), {"const": NOTHING}]}


def _nothing(kind: Any, vocabulary: Any) -> Any:
    """Content of a kind in which everything is stated, and is nothing."""
    if isinstance(kind, type) and issubclass(kind, Named):
        return kind.nothing(vocabulary)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields.items()
        return {
            field.alias or name: _nothing(field.annotation, vocabulary) for name, field in fields
        }
    return [] if get_origin(kind) is tuple else "0"


def _code(value: Any, lengths: tuple[int, ...], level: str) -> str:
    text = "" if value is None else str(value).strip()
    if text.isascii() and text.isdigit() and len(text) in lengths:
        return text
    raise PydanticCustomError(
        "code",
        "{message}",
        {
            "message": f"科目编码“{text}”不是{level}" + _strange_code(text),
            "code": "E207",
            "remedy": f"填写{level}编码（{'或'.join(str(n) for n in lengths)} 位数字）",
        },
    )


def _strange_code(text: str) -> str:
    """What was written besides the digits of a code, if its digits stand there."""
    if strange := strange_characters(text):
        return f"：{strange}"
    return "：只写编码，不写名称" if re.match(r"\d{3,}\D", text) else ""


_CODE_SCHEMA = WithJsonSchema({"type": ["string", "integer"]})

FunctionalItemCode = Annotated[
    str, BeforeValidator(lambda value: _code(value, (7,), "功能分类的项")), _CODE_SCHEMA
]
"""A functional classification code at item level (项, 7 digits). 预算法 第三十二条、第四十六条."""

EconomicSectionCode = Annotated[
    str, BeforeValidator(lambda value: _code(value, (5,), "经济分类的款")), _CODE_SCHEMA
]
"""An economic classification code at section level (款, 5 digits). 预算法 第四十六条."""


def _revenue_code(value: Any) -> str:
    """No catalogue has the revenue codes, but every one of them begins with 1."""
    text = _code(value, (7, 9), "收入分类的项或目")
    if text.startswith("1"):
        return text
    raise PydanticCustomError(
        "code",
        "科目编码“{written}”不是收入分类的：收入科目以 1 开头",
        {
            "code": "E207",
            "remedy": "填写收入分类的编码，如 1030148；支出科目填在“收支”里",
            "written": text,
        },
    )


RevenueCode = Annotated[str, BeforeValidator(_revenue_code), _CODE_SCHEMA]
"""A revenue classification code (项 or 目)."""
