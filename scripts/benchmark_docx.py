"""Times the writing of one disclosure's DOCX against docxtpl filling a template with the same.

For each number of performance forms it prints, from one run on one machine, the median
seconds of CPU, the ratio to docxtpl, the peak memory and the size of the file. Each run
is a process of its own, and they take turns, so that whatever else the machine does falls
on all.

What is timed is from prepared content to the saved file. Python's start, imports and the
reading of the content (here a tree and a pack, there a JSON context) are timed on neither
side; the opening of the template is docxtpl's, the making of the package from styles ours.
docxtpl makes no charts: it finds them finished in its template.
Before a time is shown, the files are compared element by element.

    .venv/bin/python -m scripts.benchmark_docx --docxtpl-python VENV/bin/python --rounds 5
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path

from docx.oxml.ns import qn
from lxml import etree

from generator.compose.compose import compose
from generator.core.resources import CATALOGUE, PACKS
from generator.load.catalogue import load_catalogue
from generator.pack.pack import load_pack
from generator.printing.docx.writer import write_docx
from scripts.benchmark import Runs, copy_with_forms
from scripts.benchmark_docxtpl import PART, docxtpl_template
from scripts.benchmark_runs import run_timed

OURS, DOCXTPL = "本程序", "docxtpl"

_OURS = """
import json, sys, time
from pathlib import Path
from lxml import etree
from generator.compose.document.tree import HtmlDocument
from generator.pack.pack import load_pack
from generator.printing.docx.writer import write_docx
from generator.core.resources import PACKS
folder, target, seconds = map(Path, sys.argv[1:])
pack = load_pack(PACKS / "yangquan")
tree = etree.parse(folder / "tree.xml", etree.XMLParser(huge_tree=True)).getroot()
pages = json.loads((folder / "pages.json").read_text("utf-8"))
started = time.process_time()
target.write_bytes(write_docx(HtmlDocument(tree, ()), pack, pages))
seconds.write_text(str(time.process_time() - started))
"""
_DOCXTPL = """
import json, sys, time
from pathlib import Path
from docxtpl import DocxTemplate
folder, target, seconds = map(Path, sys.argv[1:])
context = json.loads((folder / "context.json").read_text("utf-8"))
started = time.process_time()
template = DocxTemplate(folder / "template.docx")
template.render(context, autoescape=True)
template.save(target)
seconds.write_text(str(time.process_time() - started))
"""


def main() -> None:
    """Prepares the content, runs all in turn and prints a table for each size."""
    options = _options()
    programs = {
        OURS: (sys.executable, _OURS),
        DOCXTPL: (options.docxtpl_python, _DOCXTPL),
    }
    with tempfile.TemporaryDirectory() as name:
        for forms in options.forms:
            folder = Path(name) / str(forms)
            _prepare(folder, forms)
            _show(forms, folder, _measured(folder, programs, options.rounds))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--forms", type=int, nargs="+", default=[20, 100, 223])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--docxtpl-python", required=True, help="a Python that has docxtpl")
    return parser.parse_args()


def _prepare(folder: Path, forms: int) -> None:
    """Writes the same content for both: a tree with page numbers; a template with its context."""
    data = folder / "data"
    copy_with_forms(data, forms)
    pack = load_pack(PACKS / "yangquan")
    catalogue, _ = load_catalogue(CATALOGUE)
    if catalogue is None:
        raise SystemExit("the catalogue cannot be read")
    document = compose(data, pack, catalogue).document
    # which numbers they are takes no time: the PDF need not be printed for them
    pages = {str(each.get("id")): i for i, each in enumerate(document.root.iterfind(".//*[@id]"))}
    (folder / "tree.xml").write_bytes(etree.tostring(document.root, encoding="utf-8"))
    (folder / "pages.json").write_text(json.dumps(pages), "utf-8")
    template, context = docxtpl_template(write_docx(document, pack, pages))
    (folder / "template.docx").write_bytes(template)
    (folder / "context.json").write_text(json.dumps(context, ensure_ascii=False), "utf-8")


def _measured(folder: Path, programs: dict[str, tuple[str, str]], rounds: int) -> dict[str, Runs]:
    """Runs all in turn, round by round; the first round only warms the disk cache."""
    runs: defaultdict[str, Runs] = defaultdict(Runs)
    seconds = folder / "seconds"
    for number in range(rounds + 1):
        for name, (python, program) in programs.items():
            command = [python, "-c", program, str(folder), str(folder / f"{name}.docx")]
            _, memory = run_timed([*command, str(seconds)])
            if number:
                runs[name].seconds.append(float(seconds.read_text()))
                runs[name].memory.append(memory)
    return dict(runs)


def _show(forms: int, folder: Path, runs: dict[str, Runs]) -> None:
    files = {name: folder / f"{name}.docx" for name in runs}
    if any(_content(file) != _content(files[OURS]) for file in files.values()):
        raise SystemExit("the files differ in content")
    base = statistics.median(runs[DOCXTPL].seconds)
    print(f"\n{forms} forms")
    print(f"{'':10} median s    min    max  /docxtpl    MiB  DOCX kB")
    for name, each in runs.items():
        median = statistics.median(each.seconds)
        print(
            f"{name:10}{median:9.2f}{min(each.seconds):7.2f}{max(each.seconds):7.2f}"
            f"{median / base:10.2f}{max(each.memory):7.0f}"
            f"{files[name].stat().st_size / 1000:9.0f}",
            flush=True,
        )


def _content(file: Path) -> list[tuple[str, list[tuple[str, str]], str]]:
    """Every element of the body with attributes and text; docxtpl numbers pictures anew."""
    with zipfile.ZipFile(file) as package:
        root = etree.fromstring(package.read(PART), etree.XMLParser(huge_tree=True))
    for picture in root.iter(qn("wp:docPr")):
        picture.attrib.pop("id")
    return [
        (str(each.tag), sorted((str(k), str(v)) for k, v in each.attrib.items()), each.text or "")
        for each in root.iter()
    ]


if __name__ == "__main__":
    main()
