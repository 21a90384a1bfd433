"""Titles cut by sense: 梯形 or 菱形, no word parted, no line begun with 的 (GB/T 9704 §7.3.1)."""

from itertools import pairwise

import pytest
import samples

from reportkit.pages import face, profiles, title
from reportkit.pages.face import EM

PAGE = profiles.find("gbt9704")
STYLE = PAGE.styles["title"]
CHAIN = face.chain(PAGE, STYLE)
MEASURE_EM = PAGE.measure_tw / STYLE.size_tw
LONGEST = 19
SHORTEST = 4


def cut(text):
    cuts = title.balanced(text, [CHAIN.width(one) for one in text], PAGE.measure_tw * EM // STYLE.size_tw)
    return [text[start:end] for start, end in pairwise((0, *cuts, len(text)))]


# each title with the words no cut may part
TITLES = [
    ("政府工作报告", "政府 工作报告"),
    ("关于全市安全生产大检查开展情况的汇报", "安全生产 大检查"),
    ("经信局在全市重点产业体系建设工作推进会上的汇报发言", "经信局 产业体系 推进会 汇报发言"),
    ("市交通运输局在全市综合交通运输体系建设工作推进会上的汇报发言", "交通运输局 综合交通运输体系 推进会 汇报发言"),
    ("关于印发全市优化营商环境三年行动方案的通知", "营商环境 行动方案"),
    ("关于召开全市重点产业体系建设工作推进会的通知", "产业体系 推进会"),
    ("市交通运输局关于2023年上半年重点工作完成情况和下半年工作安排的报告", "交通运输局 2023年 上半年 下半年 工作安排"),
    ("明川市人民政府办公室关于印发《明川市突发环境事件应急预案》的通知", "人民政府办公室 突发环境事件 应急预案"),
    ("明川市人民政府关于2022年度法治政府建设情况的报告", "人民政府 2022年度 法治政府"),
    ("明川市人力资源和社会保障局关于调整全市最低工资标准的通知", "人力资源和社会保障局 最低工资标准"),
    ("关于对《明川市城市更新条例（草案）》征求意见的函", "《明川市城市更新条例（草案）》 征求意见"),
    ("关于做好2023年国庆节期间有关工作的通知", "2023年 国庆节"),
    ("市水利局关于全市防汛抗旱工作情况的报告", "水利局 防汛 抗旱"),
    ("明川市人民政府关于加快推进新型工业化促进制造业高质量发展的实施意见", "人民政府 新型工业化 制造业 高质量发展"),
    ("全市深化“放管服”改革优化营商环境电视电话会议上的讲话", "“放管服”改革 营商环境 电视电话会议"),
    ("市纪委监委关于深化运用监督执纪“四种形态”的情况报告", "市纪委监委 监督执纪 “四种形态”"),
    ("关于表彰2022年度全市安全生产先进集体和先进个人的决定", "安全生产 先进集体 先进个人"),
    pytest.param(
        "明川市经济和信息化局关于印发《明川市“5G+工业互联网”融合发展行动计划（2023—2025年）》的通知",
        "经济和信息化局 “5G+工业互联网” （2023—2025年） 行动计划",
    ),
    pytest.param(
        "明川市自然资源和规划局关于公开征求《明川市国土空间总体规划（2021—2035年）》意见的公告",
        "自然资源和规划局 国土空间 总体规划 （2021—2035年）",
    ),
    pytest.param(
        "中共明川市委办公室明川市人民政府办公室关于进一步加强和改进新时代全市基层治理工作的实施意见",
        "市委办公室 人民政府办公室 基层治理",
    ),
    pytest.param(
        "明川市发展和改革委员会明川市财政局关于下达2023年中央预算内投资计划的通知",
        "发展和改革委员会 财政局 中央预算内投资计划",
    ),
    pytest.param(
        "关于成立明川市推进长江经济带发展领导小组的通知", "长江经济带 领导小组",
    ),
    pytest.param("市政府党组2023年度民主生活会对照检查材料", "民主生活会 对照检查",),
    pytest.param(
        "在全市学习贯彻习近平新时代中国特色社会主义思想主题教育动员大会上的讲话",
        "新时代 中国特色社会主义思想 主题教育 动员大会",
    ),
    pytest.param(
        "关于2023年第一季度全市政府网站与政务新媒体检查情况的通报", "政府网站 政务新媒体",
    ),
    pytest.param(
        "明川市卫生健康委员会关于进一步做好基本公共卫生服务工作的通知", "卫生健康委员会 做好 公共卫生",
    ),
    pytest.param(
        "市住房和城乡建设局在全市老旧小区改造工作现场会上的发言", "住房和城乡建设局 老旧小区 现场会",
    ),
    pytest.param(
        "市教育局关于申请拨付2023年义务教育薄弱环节改善与能力提升补助资金的请示", "义务教育 薄弱环节 能力提升",
    ),
]  # fmt: skip
EACH = pytest.mark.parametrize(("text", "words"), TITLES)


def shape(lines):
    """What the lengths of the lines make."""
    lengths = [CHAIN.width(line) / EM for line in lines]
    steps = [after - before for before, after in pairwise(lengths)]
    if all(step <= 0 for step in steps):
        return "倒梯形"
    if all(step >= 0 for step in steps):
        return "正梯形"
    peak = lengths.index(max(lengths))
    rises = all(step >= 0 for step in steps[:peak]) and all(step <= 0 for step in steps[peak:])
    return "菱形" if rises else "沙漏"


@EACH
def test_a_title_is_cut_between_words_into_fitting_lines_of_a_good_shape(text, words):
    lines = cut(text)
    assert "".join(lines) == text
    for word in words.split():
        assert any(word in line for line in lines), (word, lines)
    for line in lines:
        assert CHAIN.width(line) / EM <= LONGEST, lines
        assert len(line) >= SHORTEST, lines
    for line in lines[1:]:
        assert not line.startswith(tuple("的和与及等，、”》）")), lines
    for line in lines[:-1]:
        assert not line.endswith(("关于", "在", "和", "“", "《", "（")), lines
    assert shape(lines) != "沙漏", lines
    assert len(lines) <= 4


def test_the_seeds_title_is_cut_as_its_office_cut_it():
    assert cut("经信局在全市重点产业体系建设工作推进会上的汇报发言") == [
        "经信局在全市重点产业体系建设",
        "工作推进会上的汇报发言",
    ]


def test_a_title_that_fits_stays_on_one_line():
    assert cut("关于加强和规范事中事后监管的实施意见") == ["关于加强和规范事中事后监管的实施意见"]


@pytest.mark.parametrize(
    "cuts", [["甲乙丙丁戊己", "庚辛"], ["关于一件事", "的通知"], ["一" * 12, "二" * 15, "三" * 9], ["国" * 9, "国" * 9]]
)
def test_cuts_its_writer_made_are_kept(cuts):
    document, pages = samples.typeset("# " + r"\\".join(cuts) + "\n\n正文。")
    assert [line.text for line in pages.paragraphs[0].lines] == cuts
    assert document.title == "".join(cuts)


def test_no_line_of_a_title_is_wider_than_the_type_area():
    _, pages = samples.typeset("# 关于印发《明川市“5G+工业互联网”融合发展行动计划（2023—2025年）》的通知\n\n正文。")
    assert all(line.width_tw <= PAGE.measure_tw for line in pages.paragraphs[0].lines)


def test_a_title_of_two_clauses_is_cut_at_the_space_between_them():
    lines = cut("学习贯彻党的二十大精神 奋力谱写新时代高质量发展新篇章")
    assert [line.strip() for line in lines] == ["学习贯彻党的二十大精神", "奋力谱写新时代高质量发展新篇章"]


def test_title_lines_stand_in_the_middle_of_the_type_area():
    _, pages = samples.typeset("# 经信局在全市重点产业体系建设工作推进会上的汇报发言\n\n正文。")
    middle = PAGE.left_tw + PAGE.measure_tw / 2
    for line in pages.paragraphs[0].lines:
        assert line.x_tw + line.width_tw / 2 == pytest.approx(middle, abs=2)
