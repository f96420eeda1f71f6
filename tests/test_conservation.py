"""Every line of a document is in exactly one part, is compared, and is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cli.main import cli
from generator.compare.compare import compare_sides
from generator.compare.side import side_of_draft
from generator.compare.side_parts import INDEX, sections
from generator.core.findings import Location
from generator.drafts.draft import Draft, Line, Paragraph, Row, Spot, Table
from generator.drafts.parts.draft_format import format_of
from generator.drafts.parts.outline import DraftOutline, OtherDraft
from generator.drafts.parts.split import outline
from generator.drafts.read import read_draft
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from tests.conftest import UNIT, Sample
from tests.formats import NO_FORMAT, with_titles
from tests.invented import INVENTED, Content, as_html, as_text, write_invented, write_word
from tests.one_character import Document

HEADINGS = [
    "目录",
    "第一部分 概况",
    "一、主要职责",
    "二、机构设置情况",
    "第二部分 2026年单位预算报表",
    "预算公开表1",
    "2026年预算收支总表",
    "表三",
    "2026年财政拨款收支总表",
    "第三部分 2026年单位预算情况说明",
    "一、收支预算变动情况说明",
    "九、政府采购情况",
    "十二、其他说明",
    "情况说明",
    "整体支出绩效目标申报表",
    "市级部门（单位）项目支出绩效目标表",
    "项目支出绩效目标表索引",
    "第四部分 名词解释",
    "附件1 资产清单",
    "三、部门职能沿革",
    "2026年采购计划表",
]
TEXTS = [
    "贯彻执行有关方针。",
    "单位：万元",
    "注：本表无数据",
    "一、基本支出：指人员支出。",
    "12",
    "13",
    "— 3 —",
    "收入预算结构图",
    "仅供内部审核",
    "（2026年度）",
    "云台市测绘院",
    "2026年3月1日",
]
CELLS = ["项目名称", "测图", "主管部门及代码", "201", "1,000.00", "合计", "", "项目", "金额", "注"]
FORMAT = with_titles(表一="{年度}年预算收支总表", 表四="{年度}年财政拨款收支总表")

rows = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from(CELLS), min_size=width, max_size=width).filter(any),
        min_size=1,
        max_size=4,
    )
)
contents = st.lists(st.one_of(st.sampled_from(HEADINGS + TEXTS), rows), min_size=1, max_size=25)


def split(draft: Draft) -> DraftOutline:
    return outline(draft, FORMAT)


def words(line: Line) -> str:
    texts = (line.text,) if isinstance(line, Paragraph) else line.cells
    return "".join("".join(texts).split())


def assert_conserved(found: DraftOutline) -> None:
    """Each line is in one part, once."""
    held = Counter(id(line) for _, lines in found.parts() for line in lines)
    assert held == Counter(id(line) for line in found.draft.lines())


def written(content: Content) -> Counter[str]:
    """The lines of a document as they are written."""
    texts = [
        "".join("".join(line).split())
        for each in content
        for line in ([each.removeprefix("#")] if isinstance(each, str) else each)
    ]
    return Counter(filter(None, texts))


def in_text(folder: Path, content: Content) -> Path:
    file = folder / "混.txt"
    file.write_text(as_text(content), encoding="utf-8")
    return file


def in_html(folder: Path, content: Content) -> Path:
    file = folder / "混.html"
    file.write_text(as_html(content), encoding="utf-8")
    return file


def in_word(folder: Path, content: Content) -> Path:
    write_word(folder / "混.docx", content)
    return folder / "混.docx"


@pytest.mark.parametrize("write", [in_text, in_html, in_word])
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=contents)
def test_every_line_of_any_mixture_is_in_one_part(
    write: Callable[[Path, Content], Path], content: Content, tmp_path: Path
) -> None:
    if not any("".join(line).strip() for each in content for line in each):
        return
    draft = read_draft(write(tmp_path, content))
    assert_conserved(split(draft))
    read = Counter(filter(None, map(words, draft.lines())))
    assert read == written(content)


@settings(max_examples=60)
@given(content=contents)
def test_however_a_reader_cuts_tables_no_line_is_lost(content: Content) -> None:
    """As a PDF is read: tables cut by pages, page numbers and unreadable pages between."""
    blocks: list[Paragraph | Table] = []
    for number, each in enumerate(content, 1):
        spot = Spot("页", number)
        if isinstance(each, str):
            blocks.append(Paragraph(each, spot, "页码" if each.isdigit() else ""))
        else:
            blocks += [Table([Row(tuple(row), spot)]) for row in each]
            blocks.append(Paragraph("第9页没有文字", spot, "图片页"))
            blocks.append(Paragraph("某局预算", spot, "页眉"))
    assert_conserved(split(Draft(Path("混.pdf"), tuple(blocks))))


def test_a_pdf_of_another_format_is_conserved(invented: dict[str, Path], pack: Pack) -> None:
    draft = read_draft(invented["pdf"])
    found = outline(draft, format_of(pack))
    assert_conserved(found)
    # paragraphs may be joined where a line ends, but no character is lost
    assert Counter("".join(map(words, draft.lines()))) == Counter(
        "".join(written(INVENTED).elements())
    )


def parts_of(text: str) -> list[OtherDraft]:
    return split(blocks_of(text)).other


def blocks_of(text: str) -> Draft:
    """A draft of the lines of a text; those with | are rows of tables."""
    blocks: list[Paragraph | Table] = []
    for number, line in enumerate(text.split("\n"), 1):
        spot = Spot("行", number)
        if "|" not in line:
            blocks.append(Paragraph(line, spot))
            continue
        row = Row(tuple(line.split("|")), spot)
        if blocks and isinstance(blocks[-1], Table):
            blocks[-1].rows.append(row)
        else:
            blocks.append(Table([row]))
    return Draft(Path("a.txt"), tuple(blocks))


def test_parts_have_the_headings_above_them() -> None:
    parts = parts_of(
        "某局预算\n第一章就这样。\n机构沿革\n设三个科。\n资产清单\n单位：元\n名|值\n车|2\n注：完"
    )
    assert [part.title for part in parts] == ["", "机构沿革", "资产清单"]
    assert [len(part.rows) for part in parts] == [0, 0, 2]
    assert [words(line) for line in parts[2].below] == ["注：完"]


def test_tables_and_foreign_headings_end_the_duties() -> None:
    duties, table = "第一部分 概况\n一、主要职能\n贯彻方针。", "收入决算总表\n项目|数\n总计|1.00"
    for heading in ("二、决算单位构成", "第二部分 决算表", "附件1 明细", "编制说明"):
        parts = parts_of(f"{duties}\n{heading}\n{table}")
        assert [part.title for part in parts] == [heading, "收入决算总表"]


def test_a_table_in_a_section_is_its_own_part_and_the_text_goes_on() -> None:
    draft = Draft(
        Path("a.html"),
        (
            Paragraph("九、政府采购情况", Spot("段", 1)),
            Paragraph("采购如下。", Spot("段", 2)),
            Paragraph("采购明细表", Spot("段", 3)),
            Table([Row(("品目", "金额"), Spot("段", 4)), Row(("车", "1.00"), Spot("段", 5))]),
            Paragraph("此外没有采购。", Spot("段", 6)),
        ),
    )
    found = split(draft)
    assert [words(line) for line in found.sections["九"]] == ["采购如下。", "此外没有采购。"]
    assert [part.title for part in found.other] == ["采购明细表"]
    assert len(found.other[0].rows) == 2


def test_a_titled_table_after_the_overall_form_is_its_own_part() -> None:
    form = "某市部门整体支出绩效目标申报表\n（2026年度）\n部门名称|某局\n资金|1.00\n合计|1.00"
    next_page = "某市部门整体支出绩效目标申报表\n目标|完成"
    foreign = "资产明细表\n单位：元\n名称|原值\n车|2.00"
    draft = blocks_of(f"{form}\n{next_page}\n{foreign}")
    found = split(draft)
    assert found.overall_form
    assert [row.cells[0] for row in found.overall_form.rows] == ["部门名称", "资金", "合计", "目标"]
    assert [(part.title, len(part.rows)) for part in found.other] == [("资产明细表", 2)]


def test_an_entry_is_missing_only_if_its_heading_is_not(pack: Pack, tmp_path: Path) -> None:
    headings = ["第一部分 概况", "一、主要职责", "二、机构设置情况"]
    texts = [headings[0], headings[1], "贯彻方针。", headings[2], "设三个科。"]
    whole = ["目录", *headings, *texts]
    for shorter, missing in (
        (["目录", *headings[:2], *texts], ["目录"]),
        (["目录", *headings[:2], *texts[:3]], ["概况 机构设置"]),
    ):
        one, other = write_pair(tmp_path, whole, shorter)
        found = compare_sides(side_of_draft(one, pack), side_of_draft(other, pack), pack)
        assert [each.what for each in found.differences()] == missing


def test_text_framed_by_a_table_is_compared(pack: Pack, tmp_path: Path) -> None:
    framed: list[str | list[list[str]]] = [
        "第三部分 情况说明",
        "九、政府采购情况",
        [["采购预算为12.00万元。"]],
        "没有别的。",
    ]
    one, other = write_pair(tmp_path, framed, [*framed[:2], [["采购预算为13.00万元。"]], framed[3]])
    (found,) = compare_sides(
        side_of_draft(one, pack), side_of_draft(other, pack), pack
    ).differences()
    assert (found.ours, found.theirs) == ("12.00", "13.00")


def test_a_title_above_a_further_page_is_noise_only_if_it_says_the_same() -> None:
    def draft(again: str) -> DraftOutline:
        rows = [Table([Row((each, "1.00"), Spot("行", 9))]) for each in ("甲", "乙")]
        first, second = (Paragraph(t, Spot("行", 1)) for t in ("2026年预算收支总表", again))
        return split(Draft(Path("a.txt"), (first, rows[0], second, rows[1])))

    assert [words(line) for line in draft("2026年预算收支总表（续表）").noise] == [
        "2026年预算收支总表（续表）"
    ]
    assert [words(line) for line in draft("2025年预算收支总表").statements["表一"].below] == [
        "2025年预算收支总表"
    ]


def test_a_lone_number_is_content_and_counted_ones_are_page_numbers() -> None:
    draft = Draft(
        Path("a.txt"), tuple(Paragraph(t, Spot("行", 1)) for t in ("合计", "900", "1", "字", "2"))
    )
    assert [words(line) for line in split(draft).noise] == ["1", "2"]


# What is compared


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The invented document in every format."""
    folder = tmp_path_factory.mktemp("别处")
    return {file.suffix[1:]: file for file in write_invented(folder)}


def write_pair(folder: Path, one: Content, other: Content) -> tuple[Path, Path]:
    files = folder / "甲.html", folder / "乙.html"
    for file, content in zip(files, (one, other), strict=True):
        file.write_text(as_html(content), encoding="utf-8")
    return files


def changed(old: str, new: str) -> Content:
    return [
        each.replace(old, new)
        if isinstance(each, str)
        else [[cell.replace(old, new) for cell in row] for row in each]
        for each in INVENTED
    ]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("46,000", "48,000", "“采购计划表”“无人机”行“金额”栏"),
        ("875,000", "876,000", "“220 01 09 自然资源调查与确权登记”行“合计”栏"),
        ("18.40", "18.50", "2026年预算编制说明"),
        ("本院没有", "本院设有", "采购计划表"),
        ("#内设机构", "#内部机构", "内设机构"),
        ("品目", "品名", "采购计划表”表头"),
        ("云台市测绘院2026年度预算信息", "云台市测绘院2025年度预算信息", "封面"),
    ],
)
def test_a_change_in_what_is_not_recognised_is_a_difference(
    old: str, new: str, what: str, pack: Pack, tmp_path: Path
) -> None:
    one, other = write_pair(tmp_path, INVENTED, changed(old, new))
    found = compare_sides(side_of_draft(one, pack), side_of_draft(other, pack), pack).differences()
    assert found
    assert any(what in f"{each.what}{each.ours}" for each in found)
    assert all(each.our_place and each.their_place for each in found)


def test_a_part_that_one_side_lacks_is_one_difference(pack: Pack, tmp_path: Path) -> None:
    one, other = write_pair(tmp_path, INVENTED, INVENTED[:-3])
    comparison = compare_sides(side_of_draft(one, pack), side_of_draft(other, pack), pack)
    (found,) = comparison.differences()
    assert (str(found.kind), found.what) == ("缺失", "其他内容 采购计划表")
    assert "无人机 2 46,000" in found.ours


@pytest.mark.parametrize("kind", ["txt", "html", "docx", "pdf"])
def test_formats_of_one_document_do_not_differ(
    kind: str, invented: dict[str, Path], pack: Pack
) -> None:
    one, other = (side_of_draft(invented[each], pack) for each in ("txt", kind))
    comparison = compare_sides(one, other, pack)
    assert comparison.equal


@pytest.mark.parametrize("kind", ["txt", "html", "docx", "pdf"])
def test_one_changed_character_is_named_in_another_format(
    kind: str, invented: dict[str, Path], pack: Pack, tmp_path: Path
) -> None:
    assert list(Document(invented[kind], pack).misses(range(20), tmp_path)) == []


@pytest.mark.parametrize("kind", ["html", "docx", "pdf"])
def test_one_changed_character_is_named_in_the_printed_sample(
    kind: str, printed: Callable[[str], Sample], pack: Pack, tmp_path: Path
) -> None:
    file = tmp_path / f"公开.{kind}"
    file.write_bytes(printed(UNIT).file(kind))
    document = Document(file, pack)
    assert document.equals_itself()
    assert list(document.misses(range(100, 103), tmp_path)) == []


def test_a_page_that_cannot_be_read_is_never_equal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = (
        Paragraph("某局预算信息", Spot("页", 1)),
        Paragraph("第2页没有文字，只有图片", Spot("页", 2), "图片页"),
    )
    monkeypatch.setattr("generator.drafts.read.read_draft", lambda file: Draft(file, blocks))
    file = in_text(tmp_path, ["某局预算信息"])
    done = CliRunner().invoke(cli, ["diff", str(file), str(file)])
    assert done.exit_code == 1
    assert "没有实质差异：" not in done.stdout
    assert "2 处没有比较" in done.stdout
    assert done.stdout.count("第2页没有文字") == 2


def test_running_heads_and_notes_are_compared(pack: Pack, tmp_path: Path) -> None:
    def blocks(head: str, note: str) -> tuple[Paragraph, ...]:
        spot = Spot("段", 1)
        repeated = [Paragraph(head, spot, "页眉")] * 3
        return (Paragraph("某局预算信息", spot), *repeated, Paragraph(note, spot, "脚注"))

    file = in_text(tmp_path, ["某局预算信息"])
    sides = []
    for head, note in (("2026年预算", "不含结转。"), ("2025年预算", "不合结转。")):
        sides.append(side_of_draft(Draft(file, blocks(head, note)), pack))
    one, other = sides
    found = compare_sides(one, other, pack).differences()
    assert [(each.what.split("“")[0], each.ours) for each in found] == [
        ("脚注", "含"),
        ("页眉", "2026年预算"),
    ]


def index_of(*rows: tuple[str, ...]) -> list[str]:
    """What is compared of the index of the forms."""
    lines = [Row(cells, Spot("段", at)) for at, cells in enumerate(rows)]
    found = DraftOutline(Draft(Path("甲.pdf"), (Table(lines),)), NO_FORMAT, contents=[*lines])
    return [each.text for each in sections(found, lambda _: Location(Path()), lambda _: ())[INDEX]]


def test_an_index_has_the_same_entries_with_and_without_its_page_numbers() -> None:
    head = ("序号", "项目", "金额", "页码")
    printed = index_of(head, ("1", "甲", "400", "38"), head, ("2", "乙", "0.50", "39"))
    assert printed == index_of(head, ("1", "甲", "400", ""), ("2", "乙", "0.50", ""))
    assert printed == ["序号 项目 金额 页码", "1 甲 400", "2 乙 0.50"]


def with_chart(folder: Path, name: str, *bars: str) -> Path:
    """A page whose only table and text are those of a chart."""
    texts = "".join(f'<text y="{20 * at}">{bar}</text>' for at, bar in enumerate(bars))
    file = folder / f"{name}.html"
    file.write_text(f"<html><body><p>某局预算信息</p><svg>{texts}</svg></body></html>", "utf-8")
    return file


_BARS = ("教育支出 56.20万元", "住房保障支出 8.70万元", "卫生健康支出 5.14万元")


@pytest.mark.parametrize(
    ("bars", "named"),
    [
        (_BARS, []),
        ((_BARS[0], "住房保障支出 8.07万元", _BARS[2]), ["数值 住房保障支出 8.07万元"]),
        ((*_BARS[:2], "卫生支出 5.14万元"), ["文字 卫生支出 5.14万元"]),
        ((*_BARS, "其他支出 1.00万元"), ["多出 其他支出 1.00万元"]),
        (_BARS[:2], ["缺失 "]),
        ((), []),  # a picture has no words
        (("基本", "六成"), []),  # another chart says it in other words
    ],
)
def test_the_words_of_the_same_charts_are_compared(
    bars: tuple[str, ...], named: list[str], pack: Pack, tmp_path: Path
) -> None:
    one, other = (with_chart(tmp_path, "甲", *_BARS), with_chart(tmp_path, "乙", *bars))
    found = compare_sides(side_of_draft(one, pack), side_of_draft(other, pack), pack).differences()
    assert [f"{each.kind} {each.theirs}" for each in found] == named


# What a reader is told of what is not recognised


def test_unrecognised_lines_are_not_read_line_by_line(tmp_path: Path) -> None:
    content = ["某局信息", "第一部分 概况", "一、主要职能", "贯彻方针。", "收入决算总表"]
    file = in_html(tmp_path, [*content, [["项目", "数"], ["总计", "2,995.39"]]])
    done = CliRunner().invoke(cli, ["import", str(file), "-o", str(tmp_path / "出"), "--all"])
    assert done.exit_code == 1
    assert done.stdout.startswith("格式：未识别")
    assert re_unread(done.stdout) == ["某局信息", "收入决算总表", "项目 | 数", "总计 | 2,995.39"]
    texts = "".join(file.read_text("utf-8") for file in (tmp_path / "出").iterdir())
    assert "贯彻方针。" in texts
    assert all(word not in texts for word in ("总计", "类型", "政府采购: {}", "名称"))


def re_unread(text: str) -> list[str]:
    return [line.split("  ", 2)[2] for line in text.splitlines() if line.startswith("未读")]


def test_what_is_not_recognised_is_checked_as_far_as_any_text(
    pack: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    document = presented_draft(in_html(tmp_path, INVENTED), pack, catalogue)
    assert {p.section for p in document.passages} == {"封面", "职责", "", "其他内容"}
    assert [table.title for table in document.other_tables] == [
        "2026年财务收支预算总表",
        "2026年支出预算总表",
        "采购计划表",
    ]
