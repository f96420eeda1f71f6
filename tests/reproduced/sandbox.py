"""What reproducers break: copies of the small sample and of the pack, and the command to run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.main import cli
from tests.reproducers import Registry, Report, reports_in

STEM = "阳泉市退役军人服务中心2024年度单位预算公开"
STOOD_BEFORE = b"as it was"
SAID = "政府采购: 无\n国有资产: 无\n其他说明: {政府购买服务指导性目录: 无}\n"
"""What a public file asks for, said in the shortest way."""
MARK = "▶"


@dataclass(frozen=True)
class Outcome:
    """What a run of the command said, and the files in the output folder before and after."""

    exit_code: int
    error: BaseException | None
    text: str
    before: dict[Path, bytes]
    after: dict[Path, bytes]

    @property
    def reports(self) -> list[Report]:
        return reports_in(self.text)

    @property
    def codes_and_places(self) -> set[tuple[str, str | None]]:
        return {(report.code, report.place) for report in self.reports}


@dataclass
class Sandbox:
    """Copies of the small sample and of the pack, free to be broken, and the command to run."""

    data: Path
    pack: Path
    output: Path
    monkeypatch: pytest.MonkeyPatch
    folders: list[Path] = field(default_factory=list)
    format: str = "html"
    options: list[str] = field(default_factory=list)

    def write(self, name: str, marked: str) -> str:
        """Writes a file of the data folder; returns the place of its mark."""
        return self._write(self.data / name, marked)[0]

    def write_marks(self, name: str, marked: str) -> list[str]:
        """Writes a file of the data folder; returns the places of all its marks."""
        return self._write(self.data / name, marked)

    def write_pack(self, name: str, marked: str) -> str:
        """Writes a file of the pack; returns the place of its mark."""
        return self._write(self.pack / name, marked)[0]

    def page(self, body: str, format: str = "html") -> str:  # noqa: A002
        """Makes the document one page with a body; returns the place of the mark in it."""
        self.format = format
        return self.write_pack(
            "document.html.j2",
            '<html lang="zh-CN">\n'
            "<head><title>{{ entity.name }}2024年度单位预算公开</title></head>\n"
            "<body>\n"
            f"{body}\n"
            "</body>\n"
            "</html>\n",
        )

    def _write(self, file: Path, marked: str) -> list[str]:
        text, *rest = marked.split(MARK)
        places = []
        for part in rest:
            line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
            places.append(f"{file.name}:{line}:{column}")
            text += part
        file.write_text(text, encoding="utf-8")
        return places or [file.name]

    def build(self) -> Outcome:
        before = self._files()
        done = CliRunner().invoke(
            cli,
            [
                "build",
                *map(str, self.folders),
                *("--pack", str(self.pack)),
                *("--output", str(self.output)),
                *("--format", self.format),
                *self.options,
            ],
        )
        return Outcome(done.exit_code, done.exception, done.stderr, before, self._files())

    def _files(self) -> dict[Path, bytes]:
        top = self.data.parent / "output"
        return {file: file.read_bytes() for file in top.rglob("*") if file.is_file()}


reproduces: Registry[Sandbox] = Registry()
