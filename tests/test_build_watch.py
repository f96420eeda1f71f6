"""``disclosure build --watch`` as people run it: a process of its own that sees files change."""

from __future__ import annotations

import gc
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
import watchfiles

from generator.building import watch
from generator.building import watched as watched_files
from generator.building.options import BuildOptions
from generator.building.watched import changed_files, folders_of_data, stamps_of_data
from generator.core.files.store import no_store
from generator.core.resources import PACKS
from tests.conftest import ROOT
from tests.two_years import write_years

LINE = (
    r"^\d\d:\d\d:\d\d  (?P<title>\S+)  改了 (?P<files>.*?)"
    r"(?P<rest>  .*)?  (?P<seconds>\d+\.\d\d) 秒$"
)
PATIENCE = 60.0
"""Seconds after which a line will not come any more, however busy the machine is."""


class Watching:
    """The running command and the lines that it prints."""

    def __init__(self, *arguments: str | Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "generator", "build", *map(str, arguments), "--watch"],
            cwd=ROOT,
            env=os.environ | {"COLUMNS": "200"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.lines.put(line.rstrip("\n"))

    def until(self, pattern: str) -> re.Match[str]:
        """Waits for a line."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                line = self.lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError("\n".join([f"no {pattern} in", *self.said])) from None
            self.said.append(line)
            if match := re.search(pattern, line):
                return match

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


Start = Callable[..., Watching]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts the command; at the end it is stopped."""
    running: list[Watching] = []

    def begin(*arguments: str | Path) -> Watching:
        running.append(Watching(*arguments))
        return running[-1]

    yield begin
    for each in running:
        each.process.kill()
        each.process.wait()
        each.reader.join()


def _text(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return "".join("".join(pages).split())


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.usefixtures("warm_cache")
def test_a_number_changed_is_in_the_pdf(start: Start, unit_folder: Path, tmp_path: Path) -> None:
    command = start(unit_folder, "-o", tmp_path / "out", "--format", "pdf")
    command.until("按 Ctrl-C 结束")
    (pdf,) = (tmp_path / "out").glob("*.pdf")
    assert "250平方米" in _text(pdf)
    file = unit_folder / "情况说明.yaml"

    _edit(file, "办公用房建筑面积: 250", "办公用房建筑面积: 321")
    line = command.until(LINE)
    assert line["title"] == "阳泉市退役军人服务中心2024"
    assert (line["files"], line["rest"]) == ("情况说明.yaml", "  22 页")
    assert "321平方米" in _text(pdf)

    _edit(file, "办公用房建筑面积: 321", "办公用房建筑面积: [")
    line = command.until(LINE)
    assert line["rest"] == "  未生成（1 个错误），原有的文件没有动"
    assert line["title"] == "阳泉市退役军人服务中心2024"
    command.until("错误 E105")
    assert "321平方米" in _text(pdf)

    _edit(file, "办公用房建筑面积: [", "办公用房建筑面积: 432")
    assert command.until(LINE)["rest"] == "  22 页"
    assert "432平方米" in _text(pdf)
    assert command.end() == 0
    command.until("已结束")
    assert not [line for line in command.said if "Traceback" in line]


def test_packs_and_last_years_folders_are_watched(start: Start, tmp_path: Path) -> None:
    year = {"人员": {"30101": 10}}
    folders = [write_years(tmp_path / name, year, year, name) for name in ("甲局", "乙局")]
    pack = Path(shutil.copytree(PACKS / "yangquan", tmp_path / "pack"))
    options = ("--format", "html", "--draft", "--pack", pack)
    command = start(*folders, "-o", tmp_path / "out", *options)
    command.until("按 Ctrl-C 结束")

    _edit(tmp_path / "乙局" / "上年" / "数据.yaml", "收集保管档案", "收集档案")
    assert command.until(LINE)["title"] == "乙局2025"

    _edit(pack / "glossary.yaml", "名词解释:", "名词解释: # 改")
    assert [command.until(LINE)["title"] for _ in folders] == ["甲局2025", "乙局2025"]

    _edit(pack / "glossary.yaml", "名词解释: # 改", "名词解释: [")
    command.until("错误 E10")
    _edit(folders[0] / "数据.yaml", "收集保管档案", "收集档案")
    _edit(pack / "glossary.yaml", "名词解释: [", "名词解释:")
    assert {command.until(LINE)["title"] for _ in folders} == {"甲局2025", "乙局2025"}
    (html,) = (tmp_path / "out").glob("甲局*.html")
    assert "收集档案" in html.read_text(encoding="utf-8")

    _edit(folders[1] / "数据.yaml", "名称: 乙局", "名称: 甲局")
    assert "未生成" in command.until(LINE)[0]
    command.until("错误 E502")
    assert command.end() == 0


def test_a_folder_that_comes_later_is_built(start: Start, tmp_path: Path) -> None:
    year = {"人员": {"30101": 10}}
    ready = write_years(tmp_path / "ready", year, year, "甲局")
    command = start(
        tmp_path / "data" / "本年", "-o", tmp_path / "out", "--format", "html", "--draft"
    )
    command.until("错误 E101")
    command.until("按 Ctrl-C 结束")
    shutil.copytree(ready.parent, tmp_path / "data")
    while command.until(LINE)["title"] != "甲局2025":
        pass
    shutil.rmtree(tmp_path / "data" / "本年")
    assert "未生成" in command.until(LINE)[0]
    shutil.copytree(ready, tmp_path / "data" / "本年")
    while "未生成" in command.until(LINE)[0]:
        pass
    assert command.end() == 0


def test_watching_begins_anew_where_a_folder_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[set[str]] = []

    def watch(
        *folders: Path, debounce: int, step: int, stop_event: threading.Event, **_: object
    ) -> Iterator[set[object]]:
        assert step <= debounce <= 50
        if stop_event.is_set():
            return
        watched.append({folder.name for folder in folders})
        if len(watched) == 3:
            raise OSError("no more watches")
        yield set()
        yield set()

    monkeypatch.setattr(watchfiles, "watch", watch)
    monkeypatch.setattr(watched_files, "_HEARTBEAT", 1)
    folders = [tmp_path / "一", tmp_path / "二"]
    folders[0].mkdir()
    ended = threading.Event()
    wake_up = watched_files.wake_ups(lambda: folders, ended)
    next(wake_up)
    next(wake_up)
    assert watched == [{"一"}]
    folders[1].mkdir()
    next(wake_up)  # before it is watched: what came with the folder is looked at
    next(wake_up)
    assert watched == [{"一"}, {"一", "二"}]
    folders[1].rename(tmp_path / "三")
    folders[1].mkdir()  # another one in its place
    next(wake_up)
    next(wake_up)  # watching has failed; the files are looked at all the same
    assert watched[1:] == [{"一", "二"}] * 2
    ended.set()
    assert list(wake_up) == []


def test_what_came_went_and_changed_is_named(tmp_path: Path) -> None:
    for name in ("same", "changed", "gone", "replaced"):
        (tmp_path / f"{name}.yaml").write_text(name)
    before = stamps_of_data(tmp_path)
    (tmp_path / "changed.yaml").write_text("Changed")
    os.utime(tmp_path / "changed.yaml", (1000, 1000))
    (tmp_path / "gone.yaml").unlink()
    (tmp_path / "new.yml").write_text("")
    (tmp_path / "notes.txt").write_text("")
    other = tmp_path / "other"
    other.write_text("Replaced")
    other.replace(tmp_path / "replaced.yaml")
    names = [file.stem for file in changed_files(before, stamps_of_data(tmp_path))]
    assert names == ["changed", "gone", "new", "replaced"]


@pytest.mark.parametrize(
    "line",
    [
        "上年数据: ../某局-2024",
        "上年数据: ../某局-2024  # 去年",
        '"上年数据": "../某局-2024"',
        "{上年数据: '../某局-2024', 单位信息: {}}",
    ],
)
def test_last_years_folder_is_found_before_it_can_be_read(line: str, tmp_path: Path) -> None:
    folder = tmp_path / "某局-2025"
    folder.mkdir()
    (folder / "单位信息.yaml").write_text(f"单位信息: [\n{line}\n", encoding="utf-8")
    assert folders_of_data(folder) == [folder, tmp_path / "某局-2024"]


def test_a_build_does_not_look_through_what_others_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = {"人员": {"30101": 10}}
    folder = write_years(tmp_path / "甲局", year, year, "甲局")
    frozen: list[int] = []

    def wake_ups(*_: object) -> Iterator[None]:
        for words in ("收集档案", "保管档案"):
            frozen.append(gc.get_freeze_count())
            _edit(folder / "数据.yaml", "收集保管档案", words)
            yield
            _edit(folder / "数据.yaml", words, "收集保管档案")

    monkeypatch.setattr(watch, "wake_ups", wake_ups)
    options = BuildOptions(tmp_path / "out", ("html",), draft=True)
    gc.unfreeze()  # what the tests themselves have frozen
    watch.watch([folder], options, no_store())
    assert min(frozen) > 10_000
    assert len(frozen) == 2
