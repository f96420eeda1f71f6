"""What people see in the terminal, whatever the command: findings, and where they go."""

from __future__ import annotations

import shlex
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from generator.core.findings import Finding, Severity
from generator.core.text.patterns import late_pattern

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)

_MISREAD = late_pattern(r"[\s'\"$&;()|<>*?`\\!#~\[\]{}]|^-|^$")
COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def shell_word(path: Path | str) -> str:
    """A path as it is typed in a command: quoted only where a shell would misread it."""
    return shlex.quote(str(path)) if _MISREAD.search(str(path)) else str(path)


def harmless_in_terminal(text: str) -> str:
    """A text for the terminal: what would steer it (escape sequences, bidi signs) is shown as �."""
    return "".join(
        "�" if unicodedata.category(each) in ("Cc", "Cf") and each not in "\n\t" else each
        for each in text
    )


def print_findings(findings: Sequence[Finding]) -> None:
    """Prints every finding on three lines: place and cause, remedy, and a count at the end."""
    for finding in findings:
        head = Text()
        head.append(f"{finding.severity} {finding.code}", COLOURS[finding.severity])
        head.append(
            f"  {harmless_in_terminal(str(finding.place))}" if finding.place else "", "bold"
        )
        ERR.print(head)
        ERR.print(Text(f"    原因：{harmless_in_terminal(finding.message)}"))
        ERR.print(Text(f"    办法：{harmless_in_terminal(finding.remedy)}"))
    if findings:
        counts = Counter(finding.severity for finding in findings)
        code = findings[0].code
        count = f"共 {counts[Severity.ERROR]} 个错误、{counts[Severity.WARNING]} 个警告"
        count += f"、{counts[Severity.NOTE]} 个提示" if counts[Severity.NOTE] else ""
        ERR.print(Text(f"{count}。代码的解释：disclosure explain {code}", "dim"))
