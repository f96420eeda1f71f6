"""Changes one character of documents, thousands of times, and lists what `diff` does not name.

`.venv/bin/python scripts/one_character.py 1000 文件...` changes each file so often; without files
it takes a sample, printed in every format, its raw text, and an invented document of another
format. Exit code 1 where a change was missed, or a document differs from itself.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from generator.compose.compose import compose
from generator.core.findings import UnusableInputError
from generator.core.resources import CATALOGUE, PACKS
from generator.load.catalogue import load_catalogue
from generator.pack.pack import load_pack
from generator.printing.formats import Format, print_formats
from tests.invented import write_invented
from tests.one_character import Document

ROOT = Path(__file__).parent.parent
SAMPLE = "阳泉市退役军人服务中心-2024"


def samples(folder: Path) -> list[Path]:
    """A sample in every format, its raw text, and a document of another format."""
    pack = load_pack(PACKS / "yangquan")
    catalogue, findings = load_catalogue(CATALOGUE)
    if catalogue is None:
        raise UnusableInputError(findings)
    composed = compose(ROOT / "data" / SAMPLE, pack, catalogue)
    files = []
    for name, content in print_formats(composed, pack, list(Format), lambda _: None).files.items():
        if not name.endswith(".json"):
            files.append(folder / name)
            files[-1].write_bytes(content)
    return [*files, ROOT / "tests" / "drafts" / f"{SAMPLE}.txt", *write_invented(folder)]


def main(times: int, named: list[Path]) -> int:
    """Prints a line for each file and each miss; 1 if there is any."""
    pack = load_pack(PACKS / "yangquan")
    missed = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for file in named or samples(folder):
            start = time.monotonic()
            document = Document(file, pack)
            misses = list(document.misses(range(times), folder))
            same = document.equals_itself()
            missed += len(misses) + (not same)
            seconds = time.monotonic() - start
            itself = "" if same else "，与自己比较有差异"
            print(f"{file.name}：{times} 处改动，漏 {len(misses)} 处{itself}，{seconds:.0f} 秒")
            for miss in misses:
                print(f"  {miss}")
            sys.stdout.flush()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), [Path(each) for each in sys.argv[2:]]))
