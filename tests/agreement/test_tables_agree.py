"""Tables as LibreOffice sets them from our Word file, and as we set them: the same lines on the same pages."""

from dataclasses import replace
from itertools import product

import engines
import pytest
import samples

from reportkit.pages import flow, profile
from reportkit.writers import docx, pdf

BODY = (
    "全市上下聚焦目标任务，推进高质量发展、做到一抓到底，完成情况通报后取得了阶段性成效，"
    "受到群众普遍欢迎；夯实了安全发展的基础。"
)
DENSE = (
    "全市规上工业企业完成产值1234.56亿元、同比增长7.8%，近500家企业实施技改；依据国办发〔2023〕5号推进“双联双百”，"
    "PM2.5浓度下降12.5%，5G基站达到8,543个，“1+8”调研课题和《若干措施》落地。"
)
NAMES = ("泊宁区", "明川县", "高新技术产业开发区", "云渡市", "临港新城")
HEADER = "| 名次 | 县（市、区） | 规上工业增加值增速（%） | 固定资产投资增速（%） | 位次变化 |"


def ranking(rows):
    return [
        HEADER,
        *(
            f"| {number + 1} | {NAMES[number % 5]} | {12.5 - number * 0.3:.1f} | {number * 1.7:.1f} | "
            f"{'持平' if number % 3 else f'上升{number}位'} |"
            for number in range(rows)
        ),
    ]


def ledger(rows):
    """Long cells, of figures, codes and quotes, that begin everywhere in a dense text."""
    turns = [(DENSE[at:] + DENSE[:at]).lstrip("，、；。%”》）〕") for at in range(0, len(DENSE), 5)]
    return [
        "| 序号 | 事项 | 进展情况 | 牵头单位 | 时限 |",
        *(
            f"| {number + 1} | 推进“1+{number}”产业链建设 | {turns[number * 3 % len(turns)] * (1 + number % 3)} | "
            f"市经信局、市发改委 | 2023年{number % 12 + 1}月底 |"
            for number in range(rows)
        ),
    ]


def near_the_foot(above, *opening):
    return ["国" * 20] * above + [*opening, *ranking(4), "", BODY]


DOCUMENTS = {
    "short": [
        "# 关于上半年主要指标的通报", "", "@称谓 各县（市、区）：", BODY * 2, "@表题 表1", "@表单位 单位：亿元",
        *ranking(6),
        "@表注 注：数据由市统计局提供，增速按可比价计算。", "@再称谓 各位代表：", BODY * 3,
        "@注 ①“双联双百”：指领导联系企业、部门服务企业。", "@附件 各县（市、区）主要指标完成情况一览表",
        "@附件 关于进一步推进工业企业技术改造和设备更新、促进产业转型升级的若干措施（征求意见稿）", "",
        "@落款 市经信局", "@日期 2023年7月5日",
    ],
    "breaking": [
        "# 关于主要指标的通报", "", BODY * 4, "@表题 表1", *ranking(50), "", BODY * 6, *ranking(3), "",
        *ranking(2), BODY,
    ],
    "long cells": ["# 重点工作台账", "", BODY, "@表题 台账", *ledger(14), "@表注 注：以上由各单位报送。", BODY * 3],
    "a page full": ["国" * 20] * 2 + ranking(19) + [BODY],
    "ends with a table": ["国" * 20] * 2 + ranking(18),
    "many columns": ["| " + " | ".join(f"{month}月" for month in range(1, 13)) + " |"]
    + ["| " + " | ".join(f"{month * 7.3 * row:.1f}%" for month in range(1, 13)) + " |" for row in range(1, 8)],
    "parted between tables": [*["国" * 20] * 6, *ranking(5), *["国" * 20] * 8, "国" * 40, *ranking(3), "正文"],
    "narrow columns": [
        "| 名次 | 县 | 对RCEP成员国进出口增长 | 建成5G基站 | 完成投资 | 占比 | 事项 | 说明 |",
        *(
            f"| {number} | {NAMES[number % 5]} | 12.5% | {number * 350:,}个 | {number * 7.3:.1f}亿元 | {number}.5% | "
            f"推进“1+{number}”产业链、5G应用 | {(DENSE * 2)[number * 5 : number * 5 + 50].lstrip('，、；。%”》）〕')} |"
            for number in range(1, 21)
        ),
    ],
} | {
    f"{kind} {above}": ["国" * 20] * (above - len(rest)) + rest
    for (kind, rest), above in product(
        {
            "attached": ["@附件 一览表", "@附件 措施", "", "@落款 市经信局", "@日期 2023年7月5日"],
            "attached alone": ["@附件 一览表" + "国" * 30, "", "@落款 市经信局", "@日期 2023年7月5日"],
            "two tables": [*ranking(2), "", *ranking(3), "正文"],
            "signed below": [*ranking(2), "", "@落款 市经信局", "@日期 2023年7月5日"],
        }.items(),
        range(20, 25),
    )
} | {
    f"{kind} {above}": near_the_foot(above, *opening)
    for (kind, opening), above in product(
        {"captioned": ("@表题 表1", "@表单位 单位：亿元"), "bare": ()}.items(), range(16, 22)
    )
}  # fmt: skip
FORMS = {
    "gbt9704": ("gbt9704", {}),
    "gbt33476": ("gbt33476", {}),
    "three rules": ("gbt9704", {"rules": "three", "edge_tw": 30}),
}


def laid(name, form):
    base, look = FORMS[form]
    page = profile.find(base)
    document, _ = samples.typeset("\n".join(DOCUMENTS[name]))
    return document, flow.lay(document, replace(page, table=replace(page.table, **look)))


@pytest.fixture(scope="module", params=FORMS)
def set_by_libreoffice(request):
    """Every document in one form: its form, and the lines of each page as LibreOffice sets them."""
    files = [docx.write(pages, document) for document, pages in (laid(name, request.param) for name in DOCUMENTS)]
    done = engines.libreoffice_pdfs(files, profile.find(FORMS[request.param][0]))
    return request.param, dict(zip(DOCUMENTS, map(rows, done), strict=True))


def rows(data):
    return [[line.rstrip(" ") for line in page] for page in engines.lines(data)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_tables_have_the_same_lines_on_the_same_pages(name, set_by_libreoffice):
    form, theirs = set_by_libreoffice
    document, pages = laid(name, form)
    ours = rows(pdf.write(pages, document))
    assert len(theirs[name]) == len(ours)
    for number, (here, there) in enumerate(zip(ours, theirs[name], strict=True), start=1):
        assert there == here, f"page {number}"
