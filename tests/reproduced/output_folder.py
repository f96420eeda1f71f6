"""Codes of the output folder, of several folders in one call, and of their processes."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.building.workers import local
from tests import mishaps
from tests.reproduced.sandbox import STEM, Sandbox, reproduces


@reproduces("E501", says="路径中间有一段是文件")
def an_output_folder_below_a_file(sandbox: Sandbox) -> str:
    sandbox.output = sandbox.output / f"{STEM}.pdf" / "送审"
    return "送审"


@reproduces("E501", says="已有同名的文件")
def a_file_for_an_output_folder(sandbox: Sandbox) -> str:
    sandbox.output = sandbox.output / f"{STEM}.pdf"
    return f"{STEM}.pdf"


@reproduces("E501", says="它是目录")
def a_folder_in_the_place_of_the_last_file(sandbox: Sandbox) -> str:
    (sandbox.output / f"{STEM}.figures.json").mkdir()
    return "output"


@reproduces("E502", says="都会写出")
def two_folders_of_one_entity_and_year(sandbox: Sandbox) -> str:
    sandbox.folders.append(Path(shutil.copytree(sandbox.data, sandbox.data.parent / "副本")))
    return "副本"


def _rule(code: str) -> str:
    return (
        f"  - 代码: {code}\n"
        "    名称: 收支不平\n"
        "    检查什么: 收入总计 = 支出总计。\n"
        "    为什么: 其余各表都以它为准。\n"
        "    办法: 核对两边\n"
        "    依据: 审核惯例\n"
        "    关系:\n"
        "      - {等式: 表一/收入/收入总计/金额 = 表一/支出/支出总计/合计}\n"
    )


@reproduces("E307", says="“E735”不能作模板包的规则的代码")
def a_rule_of_a_pack_with_a_code_of_the_program(sandbox: Sandbox) -> str:
    return sandbox.write_pack("checks/relations.yaml", "勾稽关系:\n" + _rule("▶E735"))


@reproduces("E307", says="规则 E801 写了不止一次")
def a_rule_of_a_pack_that_is_declared_twice(sandbox: Sandbox) -> str:
    rules = _rule("E801") + _rule("▶E801")
    return sandbox.write_pack("checks/relations.yaml", "勾稽关系:\n" + rules)


@reproduces("E504", says="信号 9")
def a_process_killed_by_the_system(sandbox: Sandbox) -> str:
    other = Path(shutil.copytree(sandbox.data, sandbox.data.parent / "另一单位-2024"))
    for file in other.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("阳泉市退役军人服务中心", "另一单位"), encoding="utf-8")
    doomed = Path(shutil.copytree(sandbox.data, sandbox.data.parent / "killed"))
    sandbox.folders = [other]
    sandbox.build()  # so that what the other folder writes stands there already
    sandbox.folders = [doomed, other]
    sandbox.options = ["--no-cache"]
    sandbox.monkeypatch.setattr(local, "work", mishaps.work)
    return "killed"


@reproduces("E505", says="不是调度程序的地址")
def an_address_of_no_scheduler(sandbox: Sandbox) -> None:
    sandbox.options = ["--no-cache", "--scheduler", "没有://1"]
