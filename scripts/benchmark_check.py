"""Times the check of one disclosure against programs that only read the same file.

The document is 教育局 2025 with all its forms, or with fewer. For each size it prints, from one run
on one machine, the median seconds of each way, its CPU seconds of all cores, the ratio to the peer
of its kind of file, and the peak memory. Every run is a process of its own, and they take turns, so
that whatever else the machine does falls on all. How to read the figures: docs/performance.md.

A peer reads and no more: it knows no table, no number and no rule. ``pdftotext -layout`` writes the
text of every page as it stands there; PDFium gives the words of every page with their boxes;
python-docx opens the file and visits the text of each cell once. For data, PyYAML parses the files
with libyaml. A peer that is not installed is left out.

    .venv/bin/python -m scripts.benchmark_check --forms 223 --rounds 3
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.cells import cell_len

from scripts.benchmark import copy_with_forms
from scripts.benchmark_runs import Run, run_measured

PDF, DOCX, DATA = "PDF", "DOCX", "数据"
Ways = dict[str, Sequence[str]]
"""The commands by their names; the first peer of each kind of file is what others relate to."""

_PDFIUM = """
import sys, pypdfium2
document = pypdfium2.PdfDocument(sys.argv[1])
words = 0
for page in document:
    text = page.get_textpage()
    for number in range(text.count_rects()):
        words += bool(text.get_text_bounded(*text.get_rect(number)))
assert words
"""
_DOCX = """
import sys, docx
characters = 0
for table in docx.Document(sys.argv[1]).tables:
    for row in table._tbl.tr_lst:
        for cell in row.tc_lst:
            characters += sum(len(part.text) for part in cell.p_lst)
assert characters
"""
_YAML = """
import sys, yaml
from pathlib import Path
for file in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    assert yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)
"""


def main() -> None:
    """Prints the files, runs all in turn and prints a table for each size."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        for forms in options.forms:
            ways = _ways(*_files(Path(name) / str(forms), forms))
            wanted = {kind: of_kind for kind, of_kind in ways.items() if kind in options.kinds}
            _show(forms, wanted, _measured(wanted, options.rounds))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--forms", type=int, nargs="+", default=[223])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kinds", nargs="+", default=[PDF, DOCX, DATA], choices=[PDF, DOCX, DATA])
    return parser.parse_args()


def _files(folder: Path, forms: int) -> tuple[Path, Path, Path]:
    """The data with so many forms, and the PDF and the DOCX that are printed of it."""
    data, output = folder / "data", folder / "printed"
    copy_with_forms(data, forms)
    build = [sys.executable, "-m", "generator", "build", "--format", "pdf", "--format", "docx"]
    run_measured([*build, "--no-cache", "-o", str(output), str(data)])
    pdf, docx = (next(output.glob(f"*.{suffix}")) for suffix in ("pdf", "docx"))
    return data, pdf, docx


def _ways(data: Path, pdf: Path, docx: Path) -> dict[str, Ways]:
    """Who reads each kind of file."""
    check = [sys.executable, "-m", "generator", "check"]
    ways: dict[str, Ways] = {
        PDF: {"check PDF": [*check, str(pdf)]},
        DOCX: {"check DOCX": [*check, str(docx)]},
        DATA: {"check 数据": [*check, str(data)]},
    }
    if reader := shutil.which("pdftotext"):
        ways[PDF]["pdftotext -layout"] = [reader, "-layout", str(pdf), str(pdf.with_suffix(".txt"))]
    ways[PDF]["PDFium"] = [sys.executable, "-c", _PDFIUM, str(pdf)]
    ways[DOCX]["python-docx"] = [sys.executable, "-c", _DOCX, str(docx)]
    ways[DATA]["PyYAML"] = [sys.executable, "-c", _YAML, str(data)]
    return ways


def _measured(ways: Mapping[str, Ways], rounds: int) -> dict[str, list[Run]]:
    """Runs all in turn, round by round; the first round only warms the disk."""
    runs: defaultdict[str, list[Run]] = defaultdict(list)
    for number in range(rounds + 1):
        for of_kind in ways.values():
            for name, command in of_kind.items():
                run = run_measured(command)
                if number:
                    runs[name].append(run)
    return dict(runs)


def _show(forms: int, ways: Mapping[str, Ways], runs: Mapping[str, Sequence[Run]]) -> None:
    print(f"\n{forms} forms")
    print(f"{'':18} median s    min    max  CPU s  /peer    MiB")
    for of_kind in ways.values():
        _, base, *_ = (statistics.median(run.seconds for run in runs[name]) for name in of_kind)
        for name in of_kind:
            seconds = [run.seconds for run in runs[name]]
            median = statistics.median(seconds)
            cpu = statistics.median(run.cpu for run in runs[name])
            memory = max(run.memory for run in runs[name])
            label = name + " " * (18 - cell_len(name))
            print(
                f"{label}{median:9.2f}{min(seconds):7.2f}{max(seconds):7.2f}{cpu:7.2f}"
                f"{median / base:7.2f}{memory:7.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
