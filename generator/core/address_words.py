"""The address of a figure in the words of a reader: addresses are for programs and packs."""

from __future__ import annotations

from generator.core.figures import change_parts, share_parts
from generator.core.text.patterns import late_pattern

_SCOPES = {"纳入": "纳入绩效管理的", "公开": "公开绩效目标的"}
_WHOLE = {
    "二级预算单位/个数": "二级预算单位的个数",
    "绩效管理/编报单位数": "编报整体绩效目标的单位数",
    "政府采购/总额": "政府采购总额",
    "国有资产/实有车辆": "实有车辆的辆数",
}
_STATEMENT = late_pattern(r"表[一二三四五六七八九十]+")


def address_words(address: str) -> str:
    """An address in words, e.g. 公开绩效目标的项目的金额 for ``绩效/公开/合计/金额``."""
    if pair := change_parts(address):
        return f"{address_words(pair[0])}比上年的增减额"
    if pair := share_parts(address):
        return f"{address_words(pair[0])}占{address_words(pair[1])}的比例"
    if address.startswith("("):  # a rate: (current − prior) ÷ prior
        return f"{address_words(address[1:].partition(' − ')[0])}比上年的增减幅度"
    return _WHOLE.get(address) or _of_steps(address.split("/"))


def _of_steps(steps: list[str]) -> str:
    words = "的".join(steps)
    match steps:
        case ["绩效", scope, kind, what]:
            words = f"{_SCOPES.get(scope, scope)}{kind.replace('合计', '')}项目的{what}"
        case ["上年", *names]:
            words = f"上年的{names[-1]}"
        case ["国有资产", "实有车辆", kind]:
            words = f"实有的{kind}"
        case ["国有资产", name]:
            words = name
        case ["绩效目标表", number, *names] if number.isdigit():
            words = f"第{number}张绩效目标表{''.join(names[:-1])}的{names[-1]}"
        case [number, *rows, column] if rows and _STATEMENT.fullmatch(number):
            words = f"{number}“{' '.join(rows)}”行“{column}”栏"
    return words
