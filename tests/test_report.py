"""A report as a script sees it: tables of editions and formats, public names, and nothing secret shown by the way."""

import io
import pickle
from decimal import Decimal
from typing import get_args

import pytest
from test_bad_input import EXAMPLE, ROOT, data

import reportkit
from reportkit import Figure, InputError, ProofError, Report, ReportkitError, Result, editions, report, source, writers
from reportkit.editions import EDITIONS, Edition, EditionName
from reportkit.facts.fact import every_fact
from reportkit.pages.profile_keys import LINES

DRAFT = "关于一件事的报告\n\n　　正文。\n"
SECRETS = ("明川", "近70%", "近68%", "12次", "云帆", "东麓")


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "稿.txt"
    path.write_text(DRAFT, "utf-8")
    return Report.typeset(path)


def test_the_words_of_the_types_are_the_rows_of_the_tables():
    assert get_args(EditionName) == tuple(EDITIONS)
    assert get_args(writers.FormatName) == tuple(writers.FORMATS)
    assert get_args(report.Lines) == LINES


def test_every_error_is_one_that_can_be_caught_as_one():
    assert issubclass(InputError, ReportkitError)
    assert issubclass(ProofError, ReportkitError)
    for kind in (InputError, ProofError):
        error = kind(reportkit.Fault("甲"))
        assert pickle.loads(pickle.dumps(error)).faults == error.faults
        assert type(pickle.loads(pickle.dumps(error))) is kind


def test_an_edition_is_one_row(monkeypatch):
    def short(document):
        return document.__class__(document.blocks[:2])

    monkeypatch.setitem(editions.EDITIONS, "short", Edition(lines="all", suffix="（摘要）", change=short))
    made = Report.open(EXAMPLE, edition="short")
    assert (made.edition, made.profile.lines, made.name[-4:]) == ("short", "all", "（摘要）"[-4:])
    assert len(made.document.blocks) == 2


def test_a_format_is_one_row(monkeypatch, tmp_path):
    row = writers.Format(lambda laid: laid.document.title.encode(), lambda data, laid: "")
    monkeypatch.setitem(writers.FORMATS, "name", row)
    made = Report.open(EXAMPLE)
    assert made.render("name") == made.document.title.encode()
    assert made.save(tmp_path / "a.name").read_bytes() == made.render("name")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"edition": "finale"}, "edition 没有“finale”"),
        ({"lines": "loose"}, "lines 没有“loose”"),
        ({"profile": "a3"}, "a3"),
    ],
)
def test_a_word_that_no_table_has_is_told(asked, told):
    for made in (lambda: Report.open(EXAMPLE, **asked), lambda: Report.of(data(), **asked)):
        with pytest.raises(InputError, match=told):
            made()


def test_a_report_is_a_source_with_a_document(draft):
    made = Report.open(EXAMPLE)
    for one, kind in ((made, source.Data), (draft, source.Typed), (made.redact(), source.Made)):
        assert isinstance(one.source, kind)
        assert one.document is one.source.document
        again = pickle.loads(pickle.dumps(one))
        assert again.render("pdf") == one.render("pdf")
    assert (made.taken, bool(draft.taken), draft.figures) == ((), True, [])
    for one in (draft, made.redact()):
        with pytest.raises(ValueError, match="holds no data"):
            _ = one.facts
    with pytest.raises(InputError, match="不能脱敏"):
        draft.redact()


def test_a_redacted_report_holds_nothing_of_its_source():
    for made in (Report.open(EXAMPLE, edition="redacted"), Report.open(EXAMPLE).redact()):
        kept = pickle.dumps(made)
        assert not [word for word in SECRETS if word.encode() in kept]


def test_nothing_shown_by_the_way_is_longer_than_a_line_or_secret(draft):
    made = Report.open(EXAMPLE)
    result = made.result()
    fault = next(iter(InputError(reportkit.Fault("{got}", {"got": "明川"}, file="a.yaml", line=3)).faults))
    shown = [repr(one) for one in (made, made.redact(), draft, result, fault, made.source, *draft.taken, *made.figures)]
    shown += map(repr, every_fact(made.facts))
    for one in shown:
        assert len(one) < 200
        assert "\n" not in one
        assert not [word for word in SECRETS if word in one]
    assert any(figure.secret for figure in made.figures)
    assert repr(made).startswith("Report('")
    assert repr(next(figure for figure in made.figures if figure.secret)).startswith("Figure('近**%'")


def test_a_figure_tells_whether_it_is_secret():
    made = Report.open(EXAMPLE)
    secret = [figure.secret for figure in made.figures]
    assert True in secret
    hidden = made.redact().figures
    assert [figure.secret for figure in hidden] == ["*" in figure.shown for figure in hidden] == secret
    assert all(figure.value is None for figure in hidden if figure.secret)
    other = Report.open(ROOT / "examples/zongjie/data.yaml")
    assert [figure.secret for figure in other.figures] == ["*" in figure.shown for figure in other.redact().figures]


def test_a_result_is_what_came_of_a_report(tmp_path):
    made = Report.open(EXAMPLE)
    result = made.result(made.save(tmp_path / "a.pdf"))
    assert result == Result((tmp_path / "a.pdf",), len(made.pages.pages), tuple(made.figures))
    assert isinstance(result.figures[0], Figure)
    both = Result.joined([result, result])
    assert (both.files, both.pages) == (result.files * 2, result.pages * 2)
    assert list(result.as_dict()) == [
        "files",
        "pages",
        "figures",
        "warnings",
        "faults",
        "taken",
        "hits",
        "rows",
        "seconds",
    ]
    assert "__dict__" not in dir(result)


def test_the_public_names_are_there_and_no_other_is_promised():
    for name in reportkit.__all__:
        assert getattr(reportkit, name).__doc__
    with pytest.raises(AttributeError):
        _ = reportkit.Reason


@pytest.mark.parametrize("given", [3, b"x", ["briefing"], object()])
def test_an_option_of_another_kind_is_refused_by_its_name(given):
    for option in ("template", "profile", "edition", "lines", "templates"):
        with pytest.raises(InputError, match=option):
            Report.of(data(), **{option: given})
    for make in (Report.open, Report.typeset):
        with pytest.raises(InputError, match="path"):
            make(given)


def test_names_may_be_paths(tmp_path):
    copied = tmp_path / "mine.toml"
    copied.write_text('title = "本局"\nextends = "gbt9704"\n', "utf-8")
    template = ROOT / "templates/genres/briefing"
    assert Report.of(data(), template=template, profile=copied).render("txt") == Report.of(data()).render("txt")


@pytest.mark.parametrize("target", [None, 3, ["a.docx"], io.StringIO()])
def test_what_cannot_be_written_to_is_refused(target, draft):
    with pytest.raises(InputError, match="不能写到这里"):
        draft.save(target, "txt")


def test_a_name_no_file_can_have_is_refused(draft):
    with pytest.raises(InputError, match="没有这样的文件名"):
        draft.save("a\0b.txt")


def test_data_that_holds_itself_is_refused():
    tree = data()
    tree["单位"]["简称"] = tree
    with pytest.raises(InputError, match=r"单位\.简称：这一项装着它自己"):
        Report.of(tree)


@pytest.mark.parametrize("lack", [float("nan"), Decimal("NaN"), None, " "])
def test_what_a_table_has_in_the_place_of_a_number_is_a_lack(lack):
    tree = data()
    tree["困局"]["会议"][0]["次数"] = lack
    with pytest.raises(InputError, match=r"困局\.会议\[0\]\.次数：缺少这一项"):
        Report.of(tree).render("txt")


def test_a_number_that_shows_itself_in_another_way_is_a_number():
    class Float64(float):
        def __repr__(self):
            return f"np.float64({float(self)})"

    tree, other = data(), data()
    tree["困局"]["会议"][0]["次数"], other["困局"]["会议"][0]["次数"] = Float64(98.2), 98.2
    assert Report.of(tree).render("txt") == Report.of(other).render("txt")
