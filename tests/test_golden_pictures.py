"""Pages of every kind, of every pack, as pictures: what is printed does not change unseen.

``pytest tests/test_golden_pictures.py --update-golden`` takes them anew; look at what changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from generator.compose.compose import compose
from generator.core.installed_fonts import Faces, first_installed, installed_faces
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from generator.printing.kept import KeptPieces
from tests.conftest import BUREAU, DEPARTMENT, OFFICE, ROOT, UNIT, Sample
from tests.page_pictures import Pages, differing, report, save

GOLDEN = ROOT / "tests" / "golden" / "pictures"
REPORT = ROOT / "output" / "不同的页"
SAMPLES: dict[str, tuple[str, str | Path]] = {
    "yangquan": ("yangquan", UNIT),
    "yangquan-department": ("yangquan", DEPARTMENT),
    "national": ("national", BUREAU),
    "shanghai-district": ("shanghai-district", OFFICE),
}
"""Of which pack each is, and its data: those that other tests print too by their names."""
COVER, CONTENTS = 0, 1
PAGES: dict[str, dict[str, int | str]] = {
    "yangquan": {
        "cover": COVER,
        "contents": CONTENTS,
        "overview": "本单位职责",
        "statement": "预算公开表12024年预算收支总表",
        "two statements": "预算公开表22024年预算收入总表",
        "empty statements": "预算公开表8",
        "projects": "预算公开表12",
        "prose": "一、单位预算收支数据变动情况及原因",
        "prose with chart": "一般公共预算当年拨款结构图",
        "form": "双拥创建活动主管部门及代码",
        "letter": "特此说明",
        "terms": "第四部分名词解释",
    },
    "yangquan-department": {
        "contents": CONTENTS,
        "statement": "预算公开表12025年预算收支总表",
        "many statements": "预算公开表72025年政府性基金预算收入表",
        "statement continued": "项目支出预算表（本年预算）（续）",
        "prose with chart": "（二）一般公共预算当年支出结构情况",
        "overall form": "整体支出绩效目标申报表（2025）年度",
    },
    "national": {
        "cover": COVER,
        "contents": CONTENTS,
        "statement": "公开表1部门收支总表",
        "landscape statement": "公开表2部门收入总表",
        "three statements": "公开表7",
        "projects": "公开表10项目支出表",
        "prose": "一、收支预算情况的总体说明",
        "prose with charts": "收入预算结构图",
        "index and forms": "项目支出绩效目标表索引序号",
        "forms": "示例人才培训主管部门",
    },
    "shanghai-district": {
        "cover": COVER,
        "contents": CONTENTS,
        "overview": "主要职能包括",
        "prose": "2026年部门预算编制说明2026年",
        "two statements": "2026年部门财务收支预算总表编制部门",
        "three statements": "2026年部门一般公共预算支出功能分类预算表编制部门",
        "other facts": "其他相关情况说明一、",
    },
}
"""Of each sample: kinds of pages, and which page it is, or what only this page has."""
Printed = Callable[[str], Pages]


def not_as_there(pack: Pack, faces: Faces) -> str:
    """Which font would be used here and is not in the pictures; empty if there is none."""
    for role, font in pack.theme.fonts.items():
        used = first_installed(font.wanted, faces)
        if used != font.pdf:
            return f"{role}用的是{used or '别的字体'}，图里是{font.pdf}（disclosure fonts）"
    return ""


@pytest.fixture(scope="module")
def printed_sample(
    printed: Callable[[str], Sample], catalogue: Catalogue, pieces: KeptPieces
) -> Printed:
    @cache
    def get(name: str) -> Pages:
        pack_name, data = SAMPLES[name]
        pack = load_pack(PACKS / pack_name)
        reason = not_as_there(pack, installed_faces() or {})
        if reason:
            pytest.skip(reason)
        if isinstance(data, str):
            return Pages(printed(data).file("pdf"))
        sample = Sample(name, compose(data, pack, catalogue), pack, pieces)
        return Pages(sample.file("pdf"))

    return get


def file_of(sample_name: str, kind: str) -> Path:
    return GOLDEN / f"{sample_name}-{kind.replace(' ', '-')}.png"


@pytest.mark.parametrize(
    ("sample_name", "kind"), [(name, kind) for name, kinds in PAGES.items() for kind in kinds]
)
def test_the_page_looks_as_before(
    sample_name: str, kind: str, printed_sample: Printed, request: pytest.FixtureRequest
) -> None:
    drawn = printed_sample(sample_name).picture(PAGES[sample_name][kind])
    file = file_of(sample_name, kind)
    if request.config.getoption("--update-golden"):
        update(file, drawn)
    differs = told(file, drawn, REPORT)
    assert differs is None, f"和以前不同，左起：以前、现在、不同的地方标红：{differs}"


def update(file: Path, drawn: Image.Image) -> None:
    """Writes a picture that is new or differs: what is alike keeps its bytes."""
    file.parent.mkdir(exist_ok=True)
    if not file.exists() or differing(Image.open(file).convert("L"), drawn) is not None:
        save(drawn, file)


def told(file: Path, drawn: Image.Image, folder: Path) -> Path | None:
    """Writes what differs from a picture into a folder, and says where; ``None`` if nothing."""
    assert file.exists(), f"没有 {file.name}：加 --update-golden 写出"
    before = Image.open(file).convert("L")
    dots = differing(before, drawn)
    if dots is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    report(before, drawn, dots).save(folder / file.name)
    return folder / file.name


def test_there_is_no_picture_that_nothing_is_compared_with() -> None:
    wanted = {file_of(name, kind) for name, kinds in PAGES.items() for kind in kinds}
    assert set(GOLDEN.iterdir()) == wanted


def test_every_pack_is_looked_at() -> None:
    looked_at = {SAMPLES[name][0] for name in PAGES}
    assert looked_at == {file.parent.name for file in PACKS.glob("*/pack.yaml")}


def test_the_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in GOLDEN.iterdir()) < 600_000


# The comparison itself


def page(
    *, digits: str = "2,613.33", grey: int = 0, size: tuple[int, int] = (120, 60)
) -> Image.Image:
    drawn = Image.new("L", size, 255)
    ImageDraw.Draw(drawn).text((10, 20), digits, fill=grey)
    return drawn


def test_another_digit_is_seen_and_shown(tmp_path: Path) -> None:
    save(page(), tmp_path / "a.png")
    assert told(tmp_path / "a.png", page(), tmp_path / "report") is None
    shown = told(tmp_path / "a.png", page(digits="2,613.38"), tmp_path / "report")
    assert shown == tmp_path / "report" / "a.png"
    colours = Image.open(shown).convert("RGB").getcolors()
    assert colours is not None
    assert any(colour == (208, 0, 0) for _, colour in colours)


def test_another_size_is_seen() -> None:
    assert differing(page(), page(size=(60, 120))) is not None


def test_a_little_noise_is_none() -> None:
    assert differing(page(), page(grey=40)) is None
    assert differing(page(), page(grey=60)) is not None


def test_a_picture_that_is_alike_is_not_written_anew(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    update(file, page())
    before = file.read_bytes()
    update(file, page(grey=17))
    assert file.read_bytes() == before
    update(file, page(digits="2,613.38"))
    assert file.read_bytes() != before


def test_another_font_is_named(pack: Pack) -> None:
    used = frozenset({80})
    there = {font.pdf: used for font in pack.theme.fonts.values()}
    assert not_as_there(pack, there) == ""
    assert "正文用的是仿宋_GB2312" in not_as_there(pack, {**there, "仿宋_GB2312": used})
    assert "别的字体" in not_as_there(pack, {})
