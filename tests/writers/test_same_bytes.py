"""The same data, the same bytes: in this process and in another, on any day, whatever the environment says."""

import os
import subprocess
import sys
from hashlib import sha256

import pytest
import samples

from reportkit import Report

EXAMPLE = pytest.mark.parametrize("example", samples.EXAMPLES)
KINDS = ("docx", "pdf", "txt")
ELSEWHERE = """
import sys, hashlib, time
time.time = lambda: 4_000_000_000.0
from reportkit import Report
for edition in ("final", "redacted"):
    report = Report.open(sys.argv[1], edition=edition)
    for kind in ("docx", "pdf", "txt"):
        print(hashlib.sha256(report.render(kind)).hexdigest())
"""


def digest(data):
    return sha256(data).hexdigest()


@EXAMPLE
@pytest.mark.parametrize("kind", KINDS)
def test_a_second_run_gives_the_same_bytes(example, kind):
    again = Report.open(samples.EXAMPLES[example])
    assert again.render(kind) == again.render(kind) == samples.file(example, kind)


@EXAMPLE
def test_another_process_with_another_hash_seed_clock_zone_and_epoch_gives_the_same_bytes(example):
    here = [digest(samples.file(example, kind, edition)) for edition in ("final", "redacted") for kind in KINDS]
    environment = {
        **os.environ, "PYTHONHASHSEED": "4711", "SOURCE_DATE_EPOCH": "86400", "TZ": "Asia/Shanghai",
        "LC_ALL": "C", "LANG": "C",
    }  # fmt: skip
    command = [sys.executable, "-c", ELSEWHERE, str(samples.EXAMPLES[example])]
    there = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, cwd="/")
    assert there.stdout.split() == here


def test_one_document_leaves_nothing_behind_in_the_next():
    from reportkit.writers import docx, pdf

    first, second = (samples.typeset(words) for words in ("第一份，有𬱖和5G。", "第二份，没有。"))
    alone = docx.write(second[1], second[0]), pdf.write(second[1], second[0])
    docx.write(first[1], first[0]), pdf.write(first[1], first[0])
    assert (docx.write(second[1], second[0]), pdf.write(second[1], second[0])) == alone
    for data in alone:
        assert "第一份".encode() not in data


def test_a_document_without_a_date_has_a_fixed_one():
    from reportkit.document.parse import parse
    from reportkit.pages import flow, profiles
    from reportkit.writers import docx, pdf

    document = parse("没有日期的一段话。")
    pages = flow.lay(document, profiles.find("gbt9704"))
    assert b"D:20000101000000" in pdf.write(pages, document)
    assert docx.write(pages, document) == docx.write(pages, document)
