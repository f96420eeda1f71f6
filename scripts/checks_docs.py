"""Writes docs/checks.md from the rules: `.venv/bin/python scripts/checks_docs.py`."""

from __future__ import annotations

from pathlib import Path

from generator.checks.pack_rules import rules_of_pack
from generator.checks.rules import RULES
from generator.core.resources import PACKS
from generator.pack.pack import Pack, load_pack
from generator.reports.code_names import (
    NONE,
    Rules,
    by_number,
    chapters,
    example,
    explanation,
    short_name,
)

TARGET = Path(__file__).parent.parent / "docs" / "checks.md"
_TIERS = {"E": "错误", "W": "警告", "N": "提示"}
_HEAD = """\
# 检查

<!-- 由 scripts/checks_docs.py 按程序里的规则写出，不要手改。 -->

`disclosure check 对象...` 核对数据目录或文稿（docx、pdf、html、txt，工作簿 xlsx、xls、ods、csv），
可一次写多个：

```bash
.venv/bin/disclosure check data/某某中心-2026                     # 数据：位置指到 YAML 的行和列
.venv/bin/disclosure check 送审稿.docx --tier error               # 文稿：只看错误
.venv/bin/disclosure check data/*-2026 --format html -o 检查报告.html  # 网页，可打印、转发
.venv/bin/disclosure check 公开稿.pdf --format sheet -o 检查情况表.xlsx   # 交回的检查情况表
```

| 选项 | 作用 |
|---|---|
| `--only 代码`、`--skip 代码` | 只用、不用某条规则；可写多次，可只写开头，如 `--only E7` |
| `--tier error\\|warning\\|note` | 只报错误；报错误和警告；全部报（默认） |
| `--format text\\|json\\|sarif\\|html\\|xlsx\\|sheet` | 后三种要用 `-o` 写到文件，xlsx 是问题清单 |
| `-o 文件` | 写到文件。对象不能用时什么也不写，原有的报告不动 |
| `--all` | 同类问题、其他位置和噪声全部列出 |
| `--pack 模板包` | 按哪个模板包的报表和用语核对 |
| `--prior 文件` | 上年公开的文稿（格式不限）：核对文中的上年预算数；只用于一份文稿 |
| `--units 文件` | 所属单位的文稿，每个单位写一次：核对部门的数与各单位之和；只用于一份文稿 |
| `--allow-personal-data` | 数据里确需公布的号码不算问题 |

退出码：0 没有问题；1 有问题（错误、警告或提示）；2 对象不能用。

`disclosure build` 生成之前先做同样的检查：有错误就不生成公开稿（退出码 2），
送审稿（`--draft`）照样生成，同时列出问题。

## 结果怎么看

- **错误**：数字对不上、缺少必备内容，公开前必须改。
  **警告**：多半要改，请核对。**提示**：可以更好的地方。
- **尾差不是问题**：印出的每一格各自四舍五入，n 个数相加允许相差 0.005×(n+1) 万元。
- **已接受**：数据的“按实公布说明”说明了理由的问题，不影响退出码。写法：

  ```yaml
  按实公布说明:
    - 规则: E716
      对象: 表六/合计/合计
      理由: 批复文本如此，调整预算时更正
  ```

- **噪声**：从 PDF 提取的文字里，多半是提取造成的差异，不算问题，用 `--all` 查看。
- **无法核对**：缺少资料、没有核对的内容。既不是通过，也不是问题。
- **通过**：用上了、没有发现问题的规则，和成立的比对次数。

## 检查情况表

`--format sheet` 写出审核人员交回的检查情况表，按 `-o` 的后缀是 `.xlsx`、`.docx` 或 `.html`：

```bash
.venv/bin/disclosure check 公开稿.pdf --format sheet -o 检查情况表.xlsx \\
    --url https://www.example.gov.cn/公开.pdf --approved 2026-02-01 --published 2026-02-10
.venv/bin/disclosure check 文稿/*.pdf --format sheet -o 全部.xlsx      # 多份：先汇总，再每份一张
```

- **行**：及时性一行，再按文稿的次序，各部分、各张表各一行，最后是全文及文件。
  行由模板包的 `outline.yaml` 和报表得出，
  也可在 `checks/sheet.yaml` 里另写（见[模板包](template-packs.md)）；
  认不出格式的文稿，照读到的标题和表格列。
- **符合要求**：`否` 有错误；`是（有需核实的）` 只有警告；
  `是（有说明的）` 问题都在“按实公布说明”里说明了；
  `未核对` 没有错误，但有没能核对的，要人工核对；`不适用` 文稿里没有、也不是必备的。
  没有核对的从不写 `是`：没有模板包的文稿，一行里规则没有核对过什么的也是 `未核对`。
- **存在问题**：逐条编号，写明位置、原因、两边的数、原文和规则的代码。提示不列，加 `--all` 才列。
- **及时性**：给出 `--approved`（批复日期）和 `--published`（公开日期）才核对
  是否在批复后 20 日内公开（《预算法》第十四条）；缺一个的是 `未核对`，公开早于批复的也请人核对。
  日期写 `2026-02-10` 或 `2026年2月10日`，对所有对象相同。
- `--url` 写公开的网址，几个对象的按次序各写一次；不写的印文件名。
- 多份文稿的汇总：各份的问题数，问题多的在前；各种问题的代码、处数和出在哪几份。
- 要用全部规则，不能加 `--only`；`--skip` 去掉的规则、`--tier error` 没有列出的警告，
  表末写明。
- 格里的文字都是文字，以 `=` 开头的也不会当公式算；同样的输入写出的文件逐字节相同。

## JSON 报告

`version` 现为 1；删去键或改变键的意思时加一，增加键时不变。

```
{version, documents: [{
  target, title,                      对象的路径、文本的名称
  format,                             首行：是哪个模板包的格式，认出了多少
  recognition: {known, statements, sections, forms, other_lines, other_tables, resembles},
                                      是否认出；认出的和应有的张数、节数；其他内容；
                                      像是决算还是预算。数据为 null
  counts: {errors, warnings, notes, accepted, noise, unchecked, passed_rules, passed_comparisons},
  findings: [{
    code, name, tier,                 代码、规则名称、error|warning|note
    message, remedy,                  原因、办法
    place: {file, line, column, spot, paragraph}
                                      位置，行列从 1 起，不知道时为 null；spot 是页、标题下第
                                      几段、单元格等文字说明；paragraph 是 docx、html 里段落和
                                      表格行的序号
    also: [place],                    同一原因的其他位置
    group, subjects,                  所在部分；数字地址，即“按实公布说明”的“对象”
                                      （也可只写开头几级）
    excerpt, source_line              原文；所指的那一行
  }],
  accepted: [{……同上, reason}],        已接受的问题和理由
  noise: [……同 findings],
  unchecked: [{code, name, group, why}],
  pack_rules: {pack, applied, unchecked, inapplicable},
                                      模板包自己的规则：核对了的、无法核对的、不适用的代码
  rules: {applied, unchecked, inapplicable: [{code, name, why}]},
                                      程序的规则：同上；不适用的写明原因
  passed: {代码: 成立的比对次数}
}]}
```

## SARIF 报告

符合 SARIF 2.1.0。规则在 `tool.driver.rules`，问题在 `results`；已接受的带 `suppressions`，
无法核对的在 `invocations[0].toolExecutionNotifications`，噪声不写。
`partialFingerprints` 不随行号变化，可跨次比较。两个模板包里同一代码的规则不同时，
`rules` 里各有一条，以 `ruleIndex` 为准。

## 规则

在终端看一条：`disclosure explain E735`。
"""
_OF_PACKS = """
## 模板包的规则

表内、表间的勾稽关系随模板包，写在它的 `checks/relations.yaml`，代码是 701–722、801–899；
同一个代码在别的包里可以是另一条规则。报告末尾写明这个包的规则核对了几条，哪些无法核对，哪些不适用。
看某个包的：`disclosure explain E716 --pack yangquan`。
"""


def checks_page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for chapter in chapters():
        codes = [code for code in chapter.codes if code in RULES]
        if codes:
            parts.append(f"\n### {chapter.title.removeprefix('检查：')}\n")
            parts.extend(_section(code) for code in codes)
    parts.append(_OF_PACKS)
    parts.extend(_of_pack(load_pack(file.parent)) for file in sorted(PACKS.glob("*/pack.yaml")))
    return "".join(parts)


def _of_pack(pack: Pack) -> str:
    own = rules_of_pack(pack)
    sections = "".join(_section(code, own) for code in by_number(own))
    return f"\n### 模板包 {pack.folder.name}\n{sections}"


def _section(code: str, own: Rules = NONE) -> str:
    lines = "".join(f"- **{heading}**：{text}\n" for heading, text in explanation(code, own))
    shown = example(code, own)
    lines += f"- **例**：{shown.wrong} → {shown.right}\n" if shown else ""
    return f"\n#### {code} {short_name(code, own)}（{_TIERS[code[0]]}）\n\n{lines}"


if __name__ == "__main__":
    TARGET.write_text(checks_page(), encoding="utf-8")
