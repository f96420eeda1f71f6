"""Words that no published disclosure should hold, wherever it is from.

A pack adds its own (checks/phrases.yaml); these hold without one. All are regular expressions.
"""

from __future__ import annotations

_UP, _DOWN = "增加|增长|上升|提高", "减少|下降|降低"

LEFT_OVERS = (
    r"20[XxＸｘ×*]{2}年?|[XxＸｘ×](?<![A-Za-z].)[XxＸｘ×]+(?![A-Za-z\d])",
    r"_(?<![_A-Za-z].)_+(?![_A-Za-z])|＿＿+",
    r"\*(?<![\d*].)\*+(?!\*)|\*(?<!\*.)\*+(?![\d*])|＊＊+",
    r"待(?:填写|填报|补充说明|补充完善|填(?!补))",
    r"此处(?:填写|插入|省略)|请(?:填写|在此处|在此填写)|（请?填写[^）)]*[）)]|\(请?填写[^）)]*[）)]"
    r"|请(?:根据|按照?|结合)[^，。；）)]{0,12}填写",
    r"(?:经费|预算数?|支出|收入|拨款|费|增加|减少|增长|下降|为|占)\s*(?:万元|[%％])(?=[，,。；;])",
    r"[（(【\[](?:单位|部门)(?:全称|名称)[）)】\]]",
    r"[（(](?:增加|新增|补充|修改|删除|选填|填写)内容[）)]",
    rf"(?:{_UP})[（(](?:或)?(?:{_DOWN})[）)]|(?:{_DOWN})[（(](?:或)?(?:{_UP})[）)]",
    rf"(?:{_UP})[/／](?:{_DOWN})|(?:{_DOWN})[/／](?:{_UP})",
    r"(?:增加|减少|增长|下降|持平)[/／](?:增加|减少|增长|下降|持平)",
    r"【\s*】|（\s*）|\[\s*\]|［\s*］|〔\s*〕",
    r"T(?<![A-Za-z].)(?:ODO|BD)(?![A-Za-z])|F(?<![A-Za-z].)IXME(?![A-Za-z])",
    r"修改完善后再行",
    r"#(?:REF|N/A|DIV/0|VALUE|NAME|NUM|NULL)[!?]?",
    r"\{\{|\}\}|\{%|%\}",
)
"""What a template, a form or a formula leaves: placeholders, choices, empty brackets.

Each alternative begins with a plain character or all with a set: Python then looks for these alone.
"""

DOUBLED = (
    r"的的(?!确)",
    r"了了(?![解结])",
    r"在(?<![现存正所].)在",
    r"是是(?![否非])",
    r"和和(?![谐平睦气])",
)
"""Words of one character that are doubled by mistake; longer ones are found without a list."""

REDUPLICATIONS = (
    r"每.每.",
    r"逐.逐.",
    r"合作合作企业",
    r"工程工程量",
    r"研究研究",
    r"讨论讨论",
    r"宝宝",
    r"某某",
)
"""What is doubled by right."""

EMPTY_REASONS = (
    r"(?:根据|按照?|依据|结合|因)?(?:年度|单位|部门|[我本]单位|[我本]部门)?的?(?:实际|工作|业务|具体)?的?"
    r"(?:支出|需要|需求|情况|工作|业务|工作需要|业务需要|工作情况|工作安排|工作计划安排|支出情况|支出需要|使用情况)"
    r"(?:安排|调整|编制|确定|测算|变化|支出)?",
    r"(?:按|据)实(?:际)?(?:支出|列支|安排|编制|测算)?",
    r"(?:部分|个别|有关|相关|年度)?(?:项目|预算|支出|经费|工作|工作任务|计划|项目预算|项目支出|项目经费)"
    r"(?:有所|的)?(?:调整|变化|变动|安排|增减变化|增减变动)",
    r"(?:正常|合理)(?:变动|调整|增长|增减|安排|变化)",
    r"(?:政策性?|其他|客观|综合|多种|特殊|历史)(?:因素|原因)(?:影响|导致)?",
    r"(?:预算|财政)(?:安排|编制)(?:调整|变化|需要)",
    r"(?:预算|支出|经费|收入|资金|费用)(?:安排)?(?:有所|的)?(?:增加|减少|增长|下降)",
    r"(?:无|同上|略|见上|如上|原因同上)",
)
"""Clauses that say nothing: they would hold of any office in any year."""
