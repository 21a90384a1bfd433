"""Files that are there: ours are written anew without a word, what somebody edited is kept, all are written or none."""

import io
import os
import shutil
import zipfile

import docx
import pytest
from test_bad_input import EXAMPLE, TEXT, command, data

from reportkit import InputError, Report, files
from reportkit.writers import mark

KINDS = ("docx", "pdf", "txt")
KIND = pytest.mark.parametrize("kind", KINDS)
CHANGED = TEXT.replace("数量: 41个", "数量: 40个")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "data.yaml"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def build(capsys, monkeypatch, source, tmp_path):
    """Build the data file into out/; return the exit code and what was told."""
    kinds = [word for kind in KINDS for word in ("--to", kind)]

    def built(*words):
        return command(capsys, monkeypatch, "build", source, "-o", tmp_path / "out", *kinds, *words)

    return built


def held(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != files.RECORD}


def edited(path):
    """Edit a file as its own program does."""
    if path.suffix == ".docx":
        word = docx.Document(path)
        word.paragraphs[5].add_run("添了一句。")
        word.save(path)
    else:
        # a PDF is added to at its end, and so is a text
        path.write_bytes(path.read_bytes() + b"\nmore\n")
    return path.read_bytes()


def test_each_edition_has_files_of_its_own(build, tmp_path):
    for edition in ("final", "draft", "redacted"):
        assert build("--edition", edition)[0] == 0
    names = sorted(path.stem[-5:] for path in (tmp_path / "out").glob("*.docx"))
    assert [name[-4:] for name in names] == ["汇报发言", "（脱敏）", "讨论稿）"]


def test_files_that_nobody_touched_are_written_anew_without_a_word(build, source, tmp_path):
    assert build()[0] == 0
    before = held(tmp_path / "out")
    assert [len(build()[1]), held(tmp_path / "out")] == [1, before]
    source.write_text(CHANGED, "utf-8")
    code, told = build()
    assert (code, len(told)) == (0, 1)
    after = held(tmp_path / "out")
    assert after.keys() == before.keys()
    assert all(after[name] != before[name] for name in before)


@KIND
def test_a_file_that_somebody_edited_is_kept_and_so_are_all_beside_it(kind, build, source, tmp_path):
    build()
    (path,) = (tmp_path / "out").glob(f"*.{kind}")
    edited(path)
    before = held(tmp_path / "out")
    source.write_text(CHANGED, "utf-8")
    code, told = build()
    assert (code, len(told)) == (1, 1)
    assert path.name in told[0]
    assert "--force" in told[0]
    assert held(tmp_path / "out") == before
    assert build("--force")[0] == 0
    assert build()[0] == 0


@KIND
def test_a_file_from_elsewhere_is_kept(kind, tmp_path):
    path = tmp_path / f"稿.{kind}"
    for content in (b"", b"PK\x03\x04 no zip", b"%PDF-1.7 no pdf", "别人的字。".encode()):
        path.write_bytes(content)
        with pytest.raises(InputError, match="来自别处"):
            Report.of(data()).save(path)
        assert path.read_bytes() == content
    assert Report.of(data()).save(path, force=True) == path


def test_a_word_file_of_python_docx_is_from_elsewhere(tmp_path):
    docx.Document().save(tmp_path / "稿.docx")
    with pytest.raises(InputError):
        Report.of(data()).save(tmp_path / "稿.docx")


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_file_is_known_wherever_it_was_moved_and_whatever_it_is_called(kind, tmp_path):
    report = Report.of(data())
    shutil.move(report.save(tmp_path / f"稿.{kind}"), tmp_path / "别的")
    (tmp_path / "夹").mkdir()
    shutil.move(tmp_path / "别的", tmp_path / f"夹/二稿.{kind}")
    assert report.redact().save(tmp_path / f"夹/二稿.{kind}")


def test_a_folder_of_texts_is_known_when_it_is_moved_and_its_record_holds_no_name(tmp_path):
    report = Report.of(data())
    report.save(tmp_path / "甲/稿.txt")
    shutil.move(tmp_path / "甲", tmp_path / "乙")
    report.redact().save(tmp_path / "乙/稿.txt")
    record = (tmp_path / "乙" / files.RECORD).read_text("ascii")
    assert len(record.split()) == 1
    assert "稿" not in record
    assert not list(tmp_path.glob("*/.reportkit-*"))


def test_a_word_file_zipped_anew_is_still_what_it_was_and_any_part_changed_is_not():
    data_ = Report.of(data()).render("docx")

    def zipped(change):
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data_)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
            for name in old.namelist():
                new.writestr(name, change(name, old.read(name)))
        return made.getvalue()

    assert mark.untouched(data_)
    assert mark.untouched(zipped(lambda name, part: part))
    with zipfile.ZipFile(io.BytesIO(data_)) as archive:
        names = archive.namelist()
    for changed in names:
        assert not mark.untouched(zipped(lambda name, part, one=changed: part + b" " if name == one else part))


def test_a_byte_changed_anywhere_in_a_pdf_is_seen():
    data_ = Report.of(data()).render("pdf")
    assert mark.untouched(data_)
    for at in range(0, len(data_), 5003):
        assert not mark.untouched(data_[:at] + bytes([data_[at] ^ 1]) + data_[at + 1 :])
    assert not mark.untouched(data_[:-1])


def test_if_one_file_cannot_be_put_in_its_place_all_are_as_they_were(monkeypatch, tmp_path):
    report = Report.of(data())
    old, new = tmp_path / "a.txt", tmp_path / "b.txt"
    report.save(old)
    before = held(tmp_path), (tmp_path / files.RECORD).read_bytes()
    replace = os.replace

    def fails(scratch, target):
        if target == new:
            raise PermissionError(13, "opened by another program")
        replace(scratch, target)

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(InputError, match="写不了：没有权限"):
        files.put({old: b"1", tmp_path / "c.txt": b"2", new: b"3"})
    assert (held(tmp_path), (tmp_path / files.RECORD).read_bytes()) == before


def test_a_folder_of_the_name_is_told(tmp_path):
    (tmp_path / "稿.pdf").mkdir()
    with pytest.raises(InputError, match="写不了"):
        Report.of(data()).save(tmp_path / "稿.pdf", force=True)


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("out", ["draft.txt", ".", "link.txt"])
def test_a_draft_is_never_written_over(out, force, capsys, monkeypatch, tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text("　　要点\n", "utf-8")
    (tmp_path / "link.txt").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    code, told = command(capsys, monkeypatch, "typeset", "draft.txt", "-o", out, "--to", "txt", *force)
    assert (code, path.read_text("utf-8")) == (1, "　　要点\n")
    assert "盖掉草稿" in told[0]
    with pytest.raises(InputError, match="盖掉草稿"):
        Report.typeset(path).save(path, force=True)


def test_a_report_goes_into_a_binary_file_object(tmp_path):
    report = Report.of(data())
    for kind in KINDS:
        stream = io.BytesIO()
        assert report.save(stream, kind) is None
        assert stream.getvalue() == report.render(kind)
    with pytest.raises(InputError, match="可用：docx、pdf、txt"):
        report.save(io.BytesIO())


def test_a_path_may_be_of_any_ending_if_the_format_is_given(tmp_path):
    report = Report.open(EXAMPLE)
    assert report.save(tmp_path / "稿", "pdf").read_bytes() == report.render("pdf")
    with pytest.raises(InputError, match="无扩展名"):
        report.save(tmp_path / "稿")


def test_a_word_file_with_something_behind_it_is_not_as_it_was_written():
    data = Report.open(EXAMPLE).render("docx")
    assert mark.untouched(data)
    assert not mark.untouched(data + b"\nmore\n")
