"""Prints how many planted faults are found in documents that no pack knows (docs/check-rates.md).

Run from the project's folder: .venv/bin/python scripts/general_rates.py --write
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.core.findings import Finding
from generator.core.resources import CATALOGUE, PACKS
from generator.load.catalogue import Catalogue, load_catalogue
from generator.pack.pack import Pack, load_pack
from tests.conftest import BUREAU, OFFICE
from tests.general_faults.kinds import BY_GROUP, MUTATORS
from tests.general_faults.view import Group
from tests.general_rates import FORMATS, Clean, Trial, clean, printed, rate
from tests.generated import write_entity

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "check-rates.md"
SAMPLES = {"shanghai-district": OFFICE, "national": BUREAU}
START, END = "<!-- general_rates 开始 -->", "<!-- general_rates 结束 -->"


def main() -> None:
    """Plants faults, looks for them, prints the rates, and writes them into the documentation."""
    options = _options()
    catalogue, _ = load_catalogue(CATALOGUE)
    if catalogue is None:
        sys.exit("目录读不出来")
    kinds = [k for k in MUTATORS if not options.kinds or any(w in k for w in options.kinds)]
    done: list[Trial] = []
    documents: list[Clean] = []
    with tempfile.TemporaryDirectory() as work:
        for each in _documents(Path(work), catalogue, options.formats, options.seed):
            documents.append(each)
            for finding in each.errors:
                print(f"误报 {each.name}.{each.fmt} {_words(finding)}", flush=True)
            for trial in each.trials(kinds, options.count, options.seed):
                done.append(trial)
                if options.misses and not trial.found and not trial.fault.beyond:
                    print(f"未查出 {trial.document}.{trial.fmt} {trial.fault}", flush=True)
                if options.found and trial.found:
                    codes = "、".join(dict.fromkeys(f.code for f in trial.found))
                    print(f"查出 {codes} {trial.fault}", flush=True)
    text = table(done, documents, options.formats)
    print(text)
    if options.write:
        how = f"测法：`--count {options.count} --seed {options.seed}`。"
        _write("\n\n".join((how, text, missed(done))))


def _documents(
    work: Path, catalogue: Catalogue, formats: Sequence[str], seed: int
) -> Iterator[Clean]:
    """A document of every pack, each read by a pack that does not know it."""
    packs = {
        folder.name: load_pack(folder)
        for folder in sorted(PACKS.iterdir())
        if (folder / "pack.yaml").is_file()
    }
    hiding: list[Pack] = [packs["yangquan"], packs["national"]]
    folders = {folder: packs[pack] for pack, folder in SAMPLES.items()}
    generated = work / f"虚构单位{seed}"
    write_entity(generated, seed=seed, units=2, projects=2)
    folders[generated] = packs["yangquan"]
    for folder, pack in folders.items():
        for file in printed(folder, pack, catalogue, work, formats):
            yield clean(file, hiding, catalogue)


def _words(finding: Finding) -> str:
    return f"{finding.code} {finding.message}"


def table(done: Sequence[Trial], documents: Sequence[Clean], formats: Sequence[str]) -> str:
    """The rates by kind and format, in Markdown, and the false errors by page."""
    lines = [
        f"| 差错 | {' | '.join(each.upper() for each in formats)} |",
        f"|---|{'---|' * len(formats)}",
    ]
    for group in Group:
        for kind in BY_GROUP[group]:
            own = [trial for trial in done if trial.fault.kind == kind]
            if own:
                lines.append(f"| {kind} | {_cells(own, formats)} |")
        own = [trial for trial in done if trial.fault.group is group]
        if own:
            lines.append(f"| **{group}** | {_cells(own, formats, bold=True)} |")
    exact = (Group.TABLES, Group.SENTENCES, Group.AGAINST)
    counted = rate(trial for trial in done if trial.fault.group in exact)
    every = rate(done)
    pages = sum(each.pages for each in documents)
    false = sum(len(each.errors) for each in documents if each.pages)
    return "\n".join(
        [
            *lines,
            "",
            f"报表、文字、文字与报表合计查出 {counted.found}/{counted.planted}"
            f"（{counted.share:.0%}，另有不可比对的 {counted.beyond} 处），"
            f"全部种类查出 {every.found}/{every.planted}（{every.share:.0%}）。",
            "",
            f"误报：没有改动的 PDF 共 {pages} 页，错误 {false} 处"
            f"（每 20 页 {false * 20 / max(pages, 1):.2f} 处）；"
            f"DOCX 错误 {sum(len(each.errors) for each in documents if not each.pages)} 处。",
        ]
    )


def missed(done: Sequence[Trial]) -> str:
    """What was not found, each once, in Markdown."""
    told = {str(trial.fault) for trial in done if not trial.found and not trial.fault.beyond}
    lines = [f"- {words.replace('|', '／')}".rstrip() for words in sorted(told)]
    return "\n".join(["没有查出的：", "", *lines]) if lines else "放进去的都查出了。"


def _cells(trials: Sequence[Trial], formats: Sequence[str], *, bold: bool = False) -> str:
    cells = []
    for fmt in formats:
        counted = rate(trial for trial in trials if trial.fmt == fmt)
        beyond = f"（不可比对 {counted.beyond}）" if counted.beyond else ""
        words = f"{counted.found}/{counted.planted}{beyond}" if counted.planted or beyond else "—"
        cells.append(f"**{words}**" if bold else words)
    return " | ".join(cells)


def _write(text: str) -> None:
    """Puts the rates between the marks of the documentation."""
    page = DOCUMENT.read_text("utf-8")
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    DOCUMENT.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="which faults, and which entity")
    parser.add_argument("--count", type=int, default=3, help="faults of each kind and document")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument("--kinds", nargs="+", default=[], help="words in the names of kinds")
    parser.add_argument("--misses", action="store_true", help="show what was not found")
    parser.add_argument("--found", action="store_true", help="show what was found, by which code")
    parser.add_argument("--write", action="store_true", help="write docs/check-rates.md")
    options = parser.parse_args()
    if options.write and (options.kinds or set(options.formats) != set(FORMATS)):
        parser.error("--write takes the place of the whole table: leave out --kinds and --formats")
    return options


if __name__ == "__main__":
    main()
