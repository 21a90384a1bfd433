"""Every example, in every edition, is set exactly as it was: each line's place, each rule, the bytes of each file.

A change that is meant is taken over by `pytest tests/golden --accept`, and read as a diff.
"""

from difflib import unified_diff
from hashlib import sha256
from itertools import product
from pathlib import Path

import pytest
import samples

from reportkit.report import EDITIONS, FORMATS

PAGES = Path(__file__).resolve().parent / "pages"
CASES = [
    *product(samples.ALL, EDITIONS, ("gbt9704",)),
    *product(samples.EXAMPLES, ("final",), ("gbt33476",)),
]


def golden(report):
    """Yield the lines of a golden file: a hash a format, then each page with what stands on it, in twips."""
    for kind in FORMATS:
        yield f"{kind} sha256 {sha256(report.render(kind)).hexdigest()}"
    for page in report.pages.pages:
        yield f"page {page.number}"
        for line in (*page.lines, page.folio):
            place = f"{line.x_tw:6}{line.baseline_tw:6}{line.width_tw:6}{line.adjust_tw:5}{line.hold.spacing_tw:4}"
            yield f"{place} {'¶' if line.hold.pin else ' '} {line.text}"
        for box in page.boxes:
            yield f"  box {box.x_tw} {box.y_tw} {box.width_tw} {box.height_tw}"
        for rule in page.rules:
            yield f"  rule {rule.x_tw} {rule.y_tw} {rule.width_tw} {rule.height_tw} {rule.thick_tw}"


@pytest.mark.parametrize(("example", "edition", "form"), CASES)
def test_an_example_is_set_as_it_was(example, edition, form, accept):
    made = "".join(f"{line}\n" for line in golden(samples.report(example, edition, None, form)))
    file = PAGES / f"{example}.{edition}.{form}.txt"
    if accept:
        file.parent.mkdir(exist_ok=True)
        file.write_text(made, "utf-8", newline="\n")
    kept = file.read_text("utf-8") if file.is_file() else ""
    assert made == kept, "\n".join(unified_diff(kept.split("\n"), made.split("\n"), "kept", "made", lineterm="", n=0))


def test_no_golden_file_is_left_of_an_example_that_is_gone():
    assert {file.name for file in PAGES.glob("*.txt")} == {f"{'.'.join(case)}.txt" for case in CASES}
