"""What keeps a YAML file from being read, in Chinese, at the place where it can be mended."""

from __future__ import annotations

from pathlib import Path

import yaml

from generator.core.findings import Finding, Location
from generator.core.system_errors import in_chinese
from generator.load.yaml.slip_causes import causes_of_slips, line_and_column, position
from generator.load.yaml.slips import Slip, colons

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TAGS: dict[type[yaml.Node], str] = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


def _resolve(_: object, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
    """The tag of what has none: a scalar is text, or nothing; the models say what is a number."""
    if kind is yaml.ScalarNode and implicit[0] and value in _NULLS:
        return "tag:yaml.org,2002:null"
    return _TAGS[kind]


_FASTEST: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LOADER: type[yaml.SafeLoader] = type("TextLoader", (_FASTEST,), {"resolve": _resolve})

_MOST_TOLD = 20


def syntax_findings(file: Path, error: yaml.MarkedYAMLError, text: str) -> list[Finding]:
    """E105 for each slip of typing that stops the parser, and for what stops it otherwise.

    Args:
        file: where the text stands.
        error: what the parser said of the text.
        text: all of the file.
    """
    if error.problem == "nested too deep" or isinstance(error, yaml.composer.ComposerError):
        return [_otherwise(file, error, text)]
    found, rest = causes_of_slips(text, error, _attempt)
    findings = [
        slip_finding(Location(file, line + 1, column + 1), slip) for line, column, slip in found
    ]
    return findings if rest is None else [*findings, _otherwise(file, rest, text)]


def slip_findings(file: Path, text: str) -> list[Finding]:
    """E105 for each wrong colon of a file that came out as one text."""
    found = [(line_and_column(text, slip.start), slip) for slip in colons(text)]
    return [
        slip_finding(Location(file, line + 1, column + 1), slip)
        for (line, column), slip in found[:_MOST_TOLD]
    ]


def slip_finding(place: Location, slip: Slip) -> Finding:
    """A slip of typing."""
    return Finding("E105", f"YAML 格式错误：{slip.cause}", slip.remedy, place)


def _attempt(text: str) -> yaml.MarkedYAMLError | None:
    try:
        for _ in yaml.parse(text, Loader=LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        return error
    return None


def _otherwise(file: Path, error: yaml.MarkedYAMLError, text: str) -> Finding:
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem or error.context)
    if mark is not None and text[mark.index : mark.index + 1] == "\t":
        problem = "found a tab character"
    line, column = position(error)
    remedy = "检查这一行及上一行的缩进、冒号后的空格、引号是否配对"
    return Finding(
        "E105",
        f"YAML 格式错误：{in_chinese(problem, '看不懂这里的写法')}",
        remedy,
        Location(file, line + 1, column + 1),
    )
