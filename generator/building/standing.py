"""What is told of a folder that was not built: nothing was written, and what stands from before."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import datetime
from pathlib import Path

from rich.text import Text

from generator.building.options import FORMATS, BuildOptions
from generator.building.outcome import Outcome
from generator.compose.compose import DRAFT_MARK
from generator.core.files.write import file_name
from generator.load.entity_folder import SPLITTABLE
from generator.load.yaml.folder import read_yaml_folder
from generator.reports.terminal.console import ERR, shell_word

_EXTENSIONS = (*FORMATS, "figures.json")


def print_not_written(outcome: Outcome, options: BuildOptions, written: Set[Path]) -> None:
    """Says that nothing was written, which files stand from before, and how to get a draft.

    Args:
        outcome: of the folder that was not built.
        options: of the build.
        written: what the same build has written of other folders, perhaps of the same name.
    """
    ERR.print(Text(f"没有写出任何文件：{outcome.folder}", "bold"))
    files = standing_files(outcome, options.output)
    standing = [_dated(file) for file in files if file not in written]
    if standing:
        what = "送审稿" if options.draft else "公开稿"
        ERR.print(Text(f"    以前生成的{what}没有动，还是原来的内容：{'、'.join(standing)}"))
    if not options.draft:
        when = "要先看送审稿" if outcome.stem else "数据能用之后，可以先出送审稿"
        ERR.print(Text(f"    {when}（每页有审核标记）：{_draft_command(outcome.folder, options)}"))


def standing_files(outcome: Outcome, output: Path) -> list[Path]:
    """The files in the output folder that the build would have replaced, as far as known."""
    if outcome.stem:
        files = [output / f"{outcome.stem}.{extension}" for extension in _EXTENSIONS]
        return [file for file in files if file.is_file()]
    start = _start_of_name(outcome.folder)
    if not start or not output.is_dir():
        return []
    return sorted(
        file
        for file in output.iterdir()
        if file.name.startswith(start)
        and file.name.endswith(_EXTENSIONS)
        and DRAFT_MARK not in file.name
        and file.is_file()
    )


def _start_of_name(folder: Path) -> str:
    """Name and year as the data states them, though it cannot be used; empty if it does not."""
    data = read_yaml_folder(folder, splittable=SPLITTABLE).data
    entity = data.get("单位信息") if isinstance(data, dict) else None
    stated = entity if isinstance(entity, dict) else {}
    name, year = stated.get("名称"), stated.get("年度")
    return file_name(f"{name}{year}年度") if name and year else ""


def _dated(file: Path) -> str:
    changed = datetime.fromtimestamp(file.stat().st_mtime)
    return f"{file}（{changed:%Y-%m-%d %H:%M}）"


def _draft_command(folder: Path, options: BuildOptions) -> str:
    return " ".join(["disclosure build", *_arguments(folder, options), "--draft"])


def _arguments(folder: Path, options: BuildOptions) -> Iterator[str]:
    default = BuildOptions(Path("output"))
    yield shell_word(folder)
    if options.output != default.output:
        yield f"-o {shell_word(options.output)}"
    if options.pack is not None:
        yield f"--pack {shell_word(options.pack)}"
    if options.allow_personal_data:
        yield "--allow-personal-data"
