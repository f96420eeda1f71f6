"""Times the printing of one disclosure against other ways to print the same content.

For each number of performance forms it prints, from one run on one machine, the
median time, the ratio to Typst, the peak memory and the size of the file. The
runs are interleaved, so that whatever else the machine does falls on everyone.
A peer that is not installed is left out. This program is timed four times: with
nothing kept from earlier runs, after one number of one form was changed, with
nothing changed, and while it watches. How to read the figures: docs/performance.md.

    .venv/bin/python -m scripts.benchmark --forms 20 100 223 --rounds 5
    .venv/bin/python -m scripts.benchmark --only 本程序 改一数 typst --typst-python VENV/bin/python
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import yaml
from rich.cells import cell_len

from generator.compose.compose import compose
from generator.compose.document.render import render_stylesheet
from generator.core.resources import CATALOGUE, PACKS
from generator.load.catalogue import load_catalogue
from generator.pack.pack import load_pack
from generator.printing.formats import Format, print_formats
from scripts.benchmark_again import changed_before_each_run, unchanged, watching
from scripts.benchmark_runs import Command, Way, imports
from scripts.benchmark_typst import typst_source

ROOT = Path(__file__).resolve().parent.parent
DEPARTMENT = ROOT / "data" / "阳泉市教育局-2025"
FORMS = "绩效目标表"
OURS, CHANGED, UNCHANGED, WATCHING = "本程序", "改一数", "未改", "监视"
TYPST = "typst"

_WEASYPRINT = (
    "import sys, weasyprint; "
    "weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')"
)
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], pdf_standards=['ua-1'])"


@dataclass
class Runs:
    """What was measured of one way to print: seconds and peak memory (MiB) of every run."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def main() -> None:
    """Prepares the content, runs everyone in turn and prints a table for each size."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        for forms in options.forms:
            folder = Path(name) / str(forms)
            ways = _prepare(folder, forms, options.typst_python)
            if options.only:
                ways = {each: ways[each] for each in options.only if each in ways}
            _show(forms, folder, _measured(ways, options.rounds))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--forms", type=int, nargs="+", default=[20, 100, 223])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", help="names of the ways to print, as in the table")
    parser.add_argument(
        "--typst-python", default=sys.executable, help="a Python that has the package typst"
    )
    return parser.parse_args()


def _prepare(folder: Path, forms: int, typst_python: str) -> dict[str, Way]:
    """Writes the same content for everyone; returns the ways to print it by name."""
    data = folder / "data"
    copy_with_forms(data, forms)
    pack = load_pack(PACKS / "yangquan")
    catalogue, _ = load_catalogue(CATALOGUE)
    if catalogue is None:
        raise SystemExit("the catalogue cannot be read")
    composed = compose(data, pack, catalogue)
    (folder / "same.html").write_text(composed.document.html(render_stylesheet(pack)), "utf-8")
    (folder / "same.typ").write_text(typst_source(composed.document, pack.theme), "utf-8")
    docx = print_formats(composed, pack, [Format.DOCX], lambda _: None).files
    content = next(each for file, each in docx.items() if file.endswith(".docx"))
    (folder / "same.docx").write_bytes(content)
    return _ways(folder, typst_python)


def copy_with_forms(target: Path, forms: int) -> None:
    """Copies the department with that many forms; beyond its own they start over, renamed."""
    shutil.copytree(DEPARTMENT, target)
    shutil.rmtree(target / FORMS)
    own: list[tuple[str, dict[str, Any]]] = [
        (file.name, form)
        for file in sorted((DEPARTMENT / FORMS).iterdir())
        for form in yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)["项目绩效目标表"]  # noqa: S506
    ]
    chosen: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for number in range(forms):
        again, position = divmod(number, len(own))
        file, form = own[position]
        form = deepcopy(form)  # YAML would write the same object as an alias
        form["项目名称"] += f"（{again + 1}）" if again else ""
        chosen[file].append(form)
    (target / FORMS).mkdir()
    for name, of_unit in chosen.items():
        text = yaml.safe_dump({"项目绩效目标表": of_unit}, allow_unicode=True, sort_keys=False)
        (target / FORMS / name).write_text(text, "utf-8")
    _accept_the_missing(target / "按实公布说明.yaml")


def _accept_the_missing(file: Path) -> None:
    """Projects without a form would stop a public build: here they are left out on purpose."""
    with file.open("a", encoding="utf-8") as accepted:
        accepted.write("  - {规则: E735, 对象: 绩效目标表, 理由: 只取一部分}\n")


def _ways(folder: Path, typst_python: str) -> dict[str, Way]:
    html, typ, docx = (str(folder / f"same.{each}") for each in ("html", "typ", "docx"))
    build = [sys.executable, "-m", "generator", "build", "--format", "pdf", "-o"]
    data = str(folder / "data")
    ways: dict[str, Way] = {
        OURS: Command([*build, str(folder / OURS), "--no-cache", data]),
        CHANGED: changed_before_each_run([*build, str(folder / CHANGED)], folder, CHANGED),
        UNCHANGED: unchanged([*build, str(folder / UNCHANGED)], folder, UNCHANGED),
        WATCHING: watching([*build, str(folder / WATCHING)], folder, WATCHING),
    }
    if imports(typst_python, "typst"):
        typst = [typst_python, "-c", _TYPST, typ, str(_output(folder, TYPST))]
        ways[TYPST] = Command(typst)
    if chromium := shutil.which("chromium") or shutil.which("google-chrome"):
        output = f"--print-to-pdf={_output(folder, 'chromium')}"
        options = ["--headless", "--no-sandbox", "--disable-gpu", output, "--no-pdf-header-footer"]
        ways["chromium"] = Command([chromium, *options, html])
    if office := shutil.which("soffice"):
        target = str(_output(folder, "libreoffice").parent)
        ways["libreoffice"] = Command(
            [office, "--headless", "--convert-to", "pdf", "--outdir", target, docx]
        )
    weasyprint = [sys.executable, "-c", _WEASYPRINT, html, str(_output(folder, "weasyprint"))]
    return ways | {"weasyprint": Command(weasyprint)}


def _output(folder: Path, name: str) -> Path:
    target = folder / name
    target.mkdir(exist_ok=True)
    return target / "same.pdf"


def _measured(ways: Mapping[str, Way], rounds: int) -> dict[str, Runs]:
    """Runs everyone in turn, round by round; the first round only warms caches and disk."""
    runs: defaultdict[str, Runs] = defaultdict(Runs)
    try:
        for number in range(rounds + 1):
            for name, way in ways.items():
                seconds, memory = way.run()
                if number:
                    runs[name].seconds.append(seconds)
                    runs[name].memory.append(memory)
    finally:
        for way in ways.values():
            way.end()
    return dict(runs)


def _show(forms: int, folder: Path, runs: dict[str, Runs]) -> None:
    base = runs.get(TYPST)
    print(f"\n{forms} forms")
    print(f"{'':12} median s    min    max  /typst    MiB  PDF kB  pages")
    for name, each in runs.items():
        median = statistics.median(each.seconds)
        ratio = f"{median / statistics.median(base.seconds):.2f}" if base else "–"
        size, pages = _produced(folder / name)
        label = name + " " * (12 - cell_len(name))
        print(
            f"{label}{median:9.2f}{min(each.seconds):7.2f}{max(each.seconds):7.2f}{ratio:>8}"
            f"{max(each.memory):7.0f}{size:8.0f}{pages:7}",
            flush=True,
        )


def _produced(folder: Path) -> tuple[float, int]:
    """The size in kB and the pages of the PDF in a folder: who made none has no time either."""
    for file in folder.glob("*.pdf"):
        document = pypdfium2.PdfDocument(file)
        try:
            return file.stat().st_size / 1000, len(document)
        finally:
            document.close()
    raise SystemExit(f"{folder.name} made no PDF")


if __name__ == "__main__":
    main()
