"""What the text states against the whole that it is a part of."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.asks import a_part
from generator.checks.rule import Check, Outcome, Passed, Rule, Unchecked
from generator.checks.text.text_figures import (
    perhaps,
    printed_amount,
    read_text_numbers,
    spelled,
)
from generator.pack.outline import Role
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

PROCUREMENT = Rule(
    "W728",
    "政府采购大于支出总计",
    "政府采购预算总额不大于支出总计（含上年结转）。",
    "政府采购用的是列入预算的支出，不会比全部支出还多；多半是单位写错或多写了位数。",
    "核对政府采购预算的金额和单位；确有跨年度的采购项目按总额填列的，在“按实公布说明”里说明",
    "《政府采购法》第六条（严格按照批准的预算执行）；预算公开审核惯例",
    asks=(a_part(Role.PROCUREMENT),),
)
RULES = (PROCUREMENT,)


def _procurement(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    stated = read_text_numbers(document).at("政府采购/总额")
    if stated is None:
        return
    where = pack.places.expenditure
    whole = printed_amount(document, where) if where else None
    if where is None or whole is None:
        why = "没有读到支出总计" if where else "模板包没有写明支出总计在哪张报表里"
        yield Unchecked(PROCUREMENT.code, stated.group, why)
    elif stated.value <= whole + 2 * document.style.half_of(where):
        yield Passed(PROCUREMENT.code)
    else:
        unit = document.style.unit
        message = (
            f"政府采购预算总额 {stated.words(unit)}，"
            f"大于支出总计（{spelled(document, where)}）{whole:f} {unit}"
        )
        finding = PROCUREMENT.finding(
            message,
            stated.place,
            group=stated.group,
            subjects=(stated.address,),
            excerpt=stated.excerpt,
        )
        yield perhaps(document, finding)


CHECKS: tuple[Check, ...] = (_procurement,)
