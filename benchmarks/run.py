"""One command, one run: our files against docxtpl, typst, WeasyPrint and LibreOffice, on the same text.

Every tool is handed a text in which every paragraph differs by a number in each round, so that none can answer from
memory; rounds are interleaved, so that a slow moment of the machine falls on all. Prints a Markdown table; `--write`
keeps it in README.md.
"""

from __future__ import annotations

import argparse
import io
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from html import escape
from importlib.metadata import version
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import docx
import typst
import weasyprint
from docxtpl import DocxTemplate
from weasyprint.text.fonts import FontConfiguration

from reportkit import Report
from reportkit.document.nodes import Document
from reportkit.document.parse import parse
from reportkit.pages import flow, profiles
from reportkit.writers import docx as our_docx
from reportkit.writers import pdf as our_pdf

ROOT = Path(__file__).resolve().parents[1]
README = Path(__file__).resolve().parent / "README.md"
DATA = ROOT / "examples/jingxin/data.yaml"
BEGIN, END = "<!-- table -->\n", "<!-- /table -->"
WARM_UP, ROUNDS, SLOW_ROUNDS, COLD_ROUNDS = 3, 15, 3, 10
LONG_CHARACTERS = 20_000
GROWTH_PAGES, GROWTH_ROUNDS = (4, 100, 1000), 3
BEGIN_GROWTH, END_GROWTH = "<!-- growth -->\n", "<!-- /growth -->"
TYPST_HEAD = """#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")
#set text(font: ("ReportKit FangSong", "ReportKit FangSong Ext"), size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 12.95pt, spacing: 12.95pt)
"""
CSS = """@page { size: A4; margin: 37mm 26mm 35mm 28mm }
@font-face { font-family: fang; src: url(FONTS/RKFang.ttf) }
p { font: 16pt/28.95pt fang; text-align: justify; text-indent: 2em; margin: 0 }"""
Work = Callable[[], object]


def speech() -> Document:
    """Return the speech of the example."""
    return Report.open(DATA).document


def long_report() -> Document:
    """Return a report of 20,000 characters: the speech's paragraphs over and over under new headings."""
    bodies = [block.text for block in speech().blocks[2:-1]]
    words, length = ["# 关于全市重点产业体系建设情况的调研报告", "@称谓 各位领导、同志们：", ""], 0
    for number in count():
        body = bodies[number % len(bodies)]
        words += [f"## 聚焦第{number + 1}项任务，推动工作落实。", body, ""]
        length += len(body)
        if length >= LONG_CHARACTERS:
            return parse("\n".join(words))
    raise AssertionError


def changed(texts: list[str], number: int) -> list[str]:
    """Return the texts, each with a mark in it that no round before had."""
    return [f"{text[:20]}{number}之{at}{text[20:]}" for at, text in enumerate(texts)]


def composed(texts: list[str]) -> Document:
    """Return the document that our own writers are handed: a title, a salutation, paragraphs."""
    return parse(f"# {texts[0]}\n@称谓 {texts[1]}\n" + "\n".join(texts[2:]))


def timed(works: dict[str, Work], rounds: int) -> dict[str, float]:
    """Return the least milliseconds of each work, over interleaved rounds after a warm-up."""
    spent: dict[str, list[float]] = {name: [] for name in works}
    for number in range(WARM_UP + rounds):
        for name, work in works.items():
            begun = time.perf_counter()
            work()
            if number >= WARM_UP:
                spent[name].append((time.perf_counter() - begun) * 1000)
    return {name: min(times) for name, times in spent.items()}


def warm(document: Document, folder: Path) -> tuple[dict[str, float], dict[str, int]]:
    """Return milliseconds and bytes of every warm work on one text."""
    page, texts, rounds = profiles.find("gbt9704"), [block.text for block in document.blocks], count()
    source, fonts, configuration = folder / "text.typ", str(ROOT / "fonts"), FontConfiguration()
    source.write_text(TYPST_HEAD, "utf-8")
    compiler = typst.Compiler(str(source), font_paths=[fonts])
    template = _template(texts, folder / "template.docx")
    ready = iter([composed(changed(texts, number)) for number in range((WARM_UP + ROUNDS) * 2)])

    def typst_pdf() -> bytes:
        escaped = "\n\n".join(text.replace("*", "\\*").replace("#", "\\#") for text in changed(texts, next(rounds)))
        source.write_text(TYPST_HEAD + escaped, "utf-8")
        return bytes(compiler.compile())

    def docxtpl_docx() -> bytes:
        file, context = DocxTemplate(template), {"texts": changed(texts, next(rounds))}
        file.render(context)
        saved = io.BytesIO()
        file.save(saved)
        return saved.getvalue()

    def pdf_of(one: Document) -> bytes:
        return our_pdf.write(flow.lay(one, page), one)

    def docx_of(one: Document) -> bytes:
        return our_docx.write(flow.lay(one, page), one)

    works: dict[str, Work] = {
        "our PDF": lambda: pdf_of(next(ready)),
        "typst PDF": typst_pdf,
        "our docx": lambda: docx_of(next(ready)),
        "docxtpl docx": docxtpl_docx,
    }
    times = timed(works, ROUNDS)
    html = f"<style>{CSS.replace('FONTS', (ROOT / 'fonts').as_uri())}</style>" + "".join(
        f"<p>{escape(text)}</p>" for text in texts
    )
    slow: dict[str, Work] = {
        "WeasyPrint PDF": lambda: weasyprint.HTML(string=html).write_pdf(font_config=configuration)
    }
    if shutil.which("soffice"):
        (folder / "ours.docx").write_bytes(docx_of(document))
        command = [
            "soffice",
            f"-env:UserInstallation={(folder / 'user').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        command += ["--outdir", str(folder), str(folder / "ours.docx")]
        slow["LibreOffice PDF of our docx"] = lambda: subprocess.run(command, check=True, capture_output=True)
    times |= timed(slow, SLOW_ROUNDS)
    made = pdf_of(document)
    sizes = {"our PDF": len(made), "typst PDF": len(typst_pdf()), "our docx": len(docx_of(document))}
    sizes["docxtpl docx"] = len(docxtpl_docx())
    raw = b"".join(_inflated(made))
    times["deflate of our PDF's bytes, level 1"] = timed({"": lambda: zlib.compress(raw, 1)}, ROUNDS)[""]
    return times, sizes


def from_data() -> dict[str, float]:
    """Return milliseconds from the data file to each kind of file, nothing but the process's caches kept."""
    return timed(
        {f"data file to {kind}": lambda kind=kind: Report.open(DATA).render(kind) for kind in ("docx", "pdf")},  # type: ignore[misc]
        ROUNDS,
    )


def cold(folder: Path) -> dict[str, float]:
    """Return milliseconds of whole processes."""
    command = [str(Path(sys.executable).parent / "reportkit"), "build", str(DATA), "-o", str(folder)]
    works: dict[str, Work] = {
        "reportkit build, docx and pdf": lambda: subprocess.run(command, check=True, capture_output=True),
        "python3 -c pass": lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
        "python3 -c 'import docxtpl'": lambda: subprocess.run([sys.executable, "-c", "import docxtpl"], check=True),
    }
    return timed(works, COLD_ROUNDS)


def _template(texts: list[str], path: Path) -> Path:
    """Write a docxtpl template: a paragraph a text."""
    document = docx.Document()
    for line in ("{%p for text in texts %}", "{{ text|e }}", "{%p endfor %}"):
        document.add_paragraph(line)
    document.save(str(path))
    return path


def _inflated(pdf: bytes) -> list[bytes]:
    """Return the streams of one of our PDFs, inflated."""
    return [zlib.decompressobj().decompress(part.partition(b"stream\n")[2]) for part in pdf.split(b"endstream")[:-1]]


def table() -> str:
    """Run everything; return the tables as Markdown."""
    texts = {"speech": speech(), "20,000 characters": long_report()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results = {title: warm(document, folder) for title, document in texts.items()}
        command, data = cold(folder), from_data()
    packages = ", ".join(
        f"{one} {version(one)}" for one in ("typst", "docxtpl", "weasyprint", "reportlab", "python-docx")
    )
    characters = [sum(len(block.text) for block in document.blocks) for document in texts.values()]
    short, long = (times for times, _ in results.values())
    rows = [
        f"Python {platform.python_version()}, {packages}; the least of {ROUNDS} rounds (slow tools {SLOW_ROUNDS}).\n",
        f"| warm process, document to bytes, layout included | speech, {characters[0]:,} characters | "
        f"report, {characters[1]:,} characters | growth |",
        "| --- | ---: | ---: | ---: |",
        *(
            f"| {name} | {short[name]:.1f} ms | {long[name]:.1f} ms | {long[name] / short[name]:.1f} × |"
            for name in short
        ),
        "",
        "| ratio | speech | report | aim |",
        "| --- | ---: | ---: | ---: |",
        _ratio("our PDF ÷ typst", short, long, "our PDF", "typst PDF", "≤ 1.0"),
        _ratio("our docx ÷ docxtpl", short, long, "our docx", "docxtpl docx", "≤ 0.5"),
        "",
        "| from the data file, speech, warm process | least |",
        "| --- | ---: |",
        *(f"| {name} | {spent:.1f} ms |" for name, spent in data.items()),
        f"| data file to docx ÷ docxtpl | {data['data file to docx'] / short['docxtpl docx']:.2f} |",
        "",
        "| cold, whole process | least |",
        "| --- | ---: |",
        *(f"| {name} | {spent:.0f} ms |" for name, spent in command.items()),
        "",
        "| size | speech | report |",
        "| --- | ---: | ---: |",
        *(
            f"| {name} | {size / 1000:.0f} kB | {results['20,000 characters'][1][name] / 1000:.0f} kB |"
            for name, size in results["speech"][1].items()
        ),
    ]
    return "\n".join(rows) + "\n"


def _ratio(title: str, short: dict[str, float], long: dict[str, float], ours: str, theirs: str, aim: str) -> str:
    return f"| {title} | {short[ours] / short[theirs]:.2f} | {long[ours] / long[theirs]:.2f} | {aim} |"


def grown(pages: int) -> dict[str, float]:
    """Return what a document of about so many pages takes, in a process of its own: pages, seconds of CPU, MB."""
    page = profiles.find("gbt9704")
    texts = [block.text for block in speech().blocks]
    first = flow.lay(speech(), page)
    our_pdf.write(first, speech()), our_docx.write(first, speech())  # faces opened, caches warm
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = max(1, round(pages * page.rows / sum(len(one.lines) for one in first.paragraphs[2:])))
    found: dict[str, list[float]] = {"lay": [], "pdf": [], "docx": []}
    for number in range(GROWTH_ROUNDS):
        document = composed(changed(texts[:2] + texts[2:] * times, number))
        marks = [time.process_time()]
        laid = flow.lay(document, page)
        marks.append(time.process_time())
        our_pdf.write(laid, document)
        marks.append(time.process_time())
        our_docx.write(laid, document)
        marks.append(time.process_time())
        for kind, begun, ended in zip(found, marks, marks[1:], strict=False):
            found[kind].append(ended - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = len(laid.pages)
    return {"pages": count, **{kind: min(spent) / count for kind, spent in found.items()}, "peak": peak, "rest": before}


def growth() -> str:
    """Return, as Markdown, time a page and memory for documents of growing length."""
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        rows = list(pool.map(grown, GROWTH_PAGES))
    lines = [
        f"CPU time a page, the least of {GROWTH_ROUNDS} rounds; peak memory of a process that does nothing else.\n",
        "| pages | layout | PDF | docx | peak memory | above an idle process, a page |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        times = " | ".join(f"{row[kind] * 1000:.2f} ms" for kind in ("lay", "pdf", "docx"))
        share = (row["peak"] - row["rest"]) / row["pages"]
        lines.append(f"| {row['pages']:.0f} | {times} | {row['peak'] / 1024:.0f} MB | {share:.0f} kB |")
    return "\n".join(lines) + "\n"


def kept(made: str, begin: str, end: str) -> None:
    """Put `made` between two marks in README.md."""
    before, _, rest = README.read_text("utf-8").partition(begin)
    README.write_text(f"{before}{begin}{made}{end}{rest.partition(end)[2]}", "utf-8")


def main() -> None:
    """Print the tables, and keep them in README.md if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--growth", action="store_true", help="measure documents of growing length instead")
    parser.add_argument("--write", action="store_true", help="keep the tables in benchmarks/README.md")
    asked = parser.parse_args()
    made = growth() if asked.growth else table()
    print(made)
    if asked.write:
        kept(made, *((BEGIN_GROWTH, END_GROWTH) if asked.growth else (BEGIN, END)))


if __name__ == "__main__":
    main()
