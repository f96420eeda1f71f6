"""The rules of wording that hold for every disclosure, in words for finance clerks."""

from __future__ import annotations

from generator.checks.asks import an_unknown_format
from generator.checks.rule import Rule

_PRACTICE = "预算公开审核惯例"

NO_REASON = Rule(
    "E955",
    "写了“原因是”，后面没有内容",
    "“主要原因是”“主要是由于”后面写有具体内容，不是接着句号、分号或另一项。",
    "只留下模板的半句话，说明这一处没有填完。",
    "补上具体原因；没有变动、不必说明的，删去这半句",
    "《地方预决算公开操作规程》（财预〔2016〕143号）：对增减变化情况作出说明",
)
SAYS_NOTHING = Rule(
    "W955",
    "变动原因是空话",
    "增减的原因，每个分句都不是“根据实际支出”“项目调整”“工作需要”之类放在哪里都成立的话。",
    "等于没有说明增减的原因。",
    "写明是哪个项目、多少人、什么标准或哪笔结转有了变化，最好带上金额",
    _PRACTICE,
)
OLD_NAME = Rule(
    "W956",
    "科目用了旧名称",
    "文字里的科目名称是预算年度《政府收支分类科目》的名称，不是以前年度已经改掉的。",
    "多半是照搬旧文稿，与报表的科目名称不一致。",
    "改用现行科目名称，与报表相同",
    "财政部当年《政府收支分类科目》",
    asks=(an_unknown_format,),
)
FULL_STOP = Rule(
    "W957",
    "段末没有句号，或句子断错",
    "成段的文字以句号等结束，才另起一段；句号后面不以“与上年持平”“比上年增加”开头。",
    "漏掉的句号、断开的句子，多半是删改时留下的，读者会疑心少了内容。",
    "段末补上句号；断错的地方，把句号改成逗号",
    "GB/T 15834 标点符号用法",
)
OTHER_KIND = Rule(
    "W958",
    "部门、单位自称与文件不符",
    "部门预算里自称“本部门”，单位预算里自称“本单位”。",
    "多半是照搬了另一类文件的文字，公众分不清是部门的数还是单位的数。",
    "按本文件的类型统一自称",
    _PRACTICE,
    asks=(an_unknown_format,),
)
RULES = (NO_REASON, SAYS_NOTHING, OLD_NAME, FULL_STOP, OTHER_KIND)
