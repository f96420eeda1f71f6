"""A report in SARIF 2.1.0 (OASIS), which editors and review platforms show in their own way."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec.structs import asdict

from generator.checks.rule import Rule
from generator.checks.run import Report
from generator.core.findings import Finding, Location
from generator.reports.code_names import explanation, short_name
from generator.reports.excerpts import FileLines, harmless_excerpt
from generator.reports.groups import figures
from generator.reports.json_report import TIERS, pack_rules_json, recognition_json, states_json

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_FINGERPRINT = "disclosureFinding/v1"

Json = dict[str, Any]
_Described = tuple[str, Rule | None]
"""A code, and what it means if that is for the pack to say: two packs may differ."""


def sarif_report(reports: Sequence[Report], version: str) -> bytes:
    """All reports in one run: accepted findings are suppressed results, noise is left out."""
    codes = _codes(reports)
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(codes, version)},
                "language": "zh-CN",
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(reports, codes)],
                "results": list(_results(reports, codes)),
                "properties": {
                    "documents": [
                        {
                            "target": str(report.file),
                            "title": report.title,
                            "format": report.format,
                            "recognition": recognition_json(report.recognition),
                            "packRules": pack_rules_json(report.pack_rules),
                            "rules": states_json(report.states),
                            **asdict(figures(report)),
                        }
                        for report in reports
                    ]
                },
            }
        ],
    }
    return (json.dumps(log, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _codes(reports: Iterable[Report]) -> list[_Described]:
    """Every code that the reports speak of: applied or not, held or not."""
    found: dict[_Described, None] = {}
    for report in reports:
        codes = {finding.code for finding in report.findings}
        codes.update(each.code for each in report.unchecked)
        codes.update(each.finding.code for each in report.accepted)
        codes.update(report.passed)
        found.update(dict.fromkeys(_described(code, report) for code in sorted(codes)))
    return sorted(found, key=lambda each: (int(each[0][1:]), each[0]))


def _described(code: str, report: Report) -> _Described:
    return code, report.pack_rules.rules.get(code)


def _driver(codes: Sequence[_Described], version: str) -> Json:
    return {
        "name": "disclosure",
        "fullName": "预算公开检查",
        "version": version,
        "language": "zh-CN",
        "rules": [_rule(*code) for code in codes],
    }


def _rule(code: str, rule: Rule | None) -> Json:
    own = {code: rule} if rule else {}
    texts = explanation(code, own)
    whole = "\n".join(f"{heading}：{text}" if heading else text for heading, text in texts)
    return {
        "id": code,
        "name": short_name(code, own),
        "shortDescription": {"text": short_name(code, own)},
        "fullDescription": {"text": texts[0][1]},
        "help": {"text": whole},
        "defaultConfiguration": {"level": TIERS[code[0]]},
    }


def _invocation(reports: Iterable[Report], codes: list[_Described]) -> Json:
    """What could not be checked is told as notifications: it is neither passed nor wrong."""
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [
            {
                "level": "note",
                "message": {"text": f"{report.title}：无法核对 {each.group}：{each.why}"},
                "associatedRule": {
                    "id": each.code,
                    "index": codes.index(_described(each.code, report)),
                },
            }
            for report in reports
            for each in report.unchecked
        ],
    }


def _results(reports: Iterable[Report], codes: list[_Described]) -> Iterator[Json]:
    sources = FileLines()
    met: Counter[str] = Counter()
    for report in reports:
        found: list[tuple[Finding, str | None]] = [(each, None) for each in report.findings]
        found += [(each.finding, each.reason) for each in report.accepted]
        for finding, reason in found:
            index = codes.index(_described(finding.code, report))
            result = _result(finding, index, sources)
            fingerprint = _fingerprint(report, finding)
            met[fingerprint] += 1
            result["partialFingerprints"] = {_FINGERPRINT: f"{fingerprint}:{met[fingerprint]}"}
            if reason is not None:
                suppression = {"kind": "external", "status": "accepted", "justification": reason}
                result["suppressions"] = [suppression]
            yield result


def _result(finding: Finding, rule_index: int, sources: FileLines) -> Json:
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": TIERS[finding.code[0]],
        "message": {"text": f"{harmless_excerpt(finding.message).rstrip('。')}。{finding.remedy}"},
        "properties": {"group": finding.group, "excerpt": harmless_excerpt(finding.excerpt)},
    }
    if finding.place or finding.subjects:
        result["locations"] = [_location(finding.place, finding.subjects, sources)]
    if finding.also:
        result["relatedLocations"] = [
            {"id": number, **_location(place, (), sources)}
            for number, place in enumerate(finding.also, 1)
        ]
    return result


def _location(place: Location | None, subjects: Iterable[str], sources: FileLines) -> Json:
    logical: list[Json] = [
        {"fullyQualifiedName": subject, "kind": "element"} for subject in subjects
    ]
    location: Json = {}
    if place is not None:
        physical: Json = {"artifactLocation": {"uri": _uri(place.file)}}
        if place.line:
            physical["region"] = _region(place, sources)
        location["physicalLocation"] = physical
        if place.spot:
            logical.insert(0, {"name": place.spot, "kind": "element"})
    if logical:
        location["logicalLocations"] = logical
    return location


def _region(place: Location, sources: FileLines) -> Json:
    region: Json = {"startLine": place.line}
    if place.column:
        region["startColumn"] = place.column
    excerpt = sources.excerpt(place)
    if excerpt is not None:
        region["snippet"] = {"text": excerpt.text}
    return region


def _uri(file: Path) -> str:
    return file.as_uri() if file.is_absolute() else quote(os.fsencode(file.as_posix()))


def _fingerprint(report: Report, finding: Finding) -> str:
    """The same finding in the next run, wherever its line has moved to."""
    about = finding.subjects or (finding.message,)
    text = "\0".join((report.file.name, finding.code, finding.group, *about))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
