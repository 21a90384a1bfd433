"""Files that are there: ours are written anew without a word, what somebody edited is kept, all are written or none."""

import io
import os
import shutil
import socket
import stat
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from faulty import FAULTS, System
from test_bad_input import EXAMPLE, TEXT, command, data

from reportkit import InputError, Report, disk, files
from reportkit.words import genre, starter
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
def build(run, source, tmp_path):
    """Build the data file into out/; return the exit code and what was told."""
    kinds = [word for kind in KINDS for word in ("--to", kind)]

    def built(*words):
        return command(run, "build", source, "-o", tmp_path / "out", *kinds, *words)

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
def test_a_draft_is_never_written_over(out, force, run, monkeypatch, tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text("　　要点\n", "utf-8")
    (tmp_path / "link.txt").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    code, told = command(run, "typeset", "draft.txt", "-o", out, "--to", "txt", *force)
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


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs modes, links and pipes of POSIX")


def put(path, data=b"new", **options):
    return files.put({path: data}, **options)


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o604])
def test_a_file_keeps_its_mode(mode, tmp_path):
    path = Report.of(data()).save(tmp_path / "稿.docx")
    path.chmod(mode)
    Report.of(data()).redact().save(path)
    assert path.stat().st_mode & 0o777 == mode


@POSIX
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_and_a_new_folder_have_the_mode_the_umask_leaves_and_nobody_sets_the_umask(mask, tmp_path):
    code = (
        "import os, sys; os.umask(int(sys.argv[1])); os.umask = None; from pathlib import Path; "
        "from reportkit import files; files.put({Path(sys.argv[2]): b'1'})"
    )
    path = tmp_path / "夹/稿.txt"
    subprocess.run([sys.executable, "-c", code, str(mask), path], check=True, timeout=60)
    modes = [one.stat().st_mode & 0o777 for one in (path, path.parent, path.parent / files.RECORD)]
    assert modes == [0o666 & ~mask, 0o777 & ~mask, 0o666 & ~mask]


@POSIX
def test_nobody_may_read_a_private_file_while_it_is_written(tmp_path, monkeypatch):
    path = tmp_path / "稿.txt"
    put(path, b"old")
    path.chmod(0o600)
    modes = []
    write = os.write

    def seen(handle, part):
        modes.append(os.fstat(handle).st_mode & 0o777)
        return write(handle, part)

    monkeypatch.setattr(os, "write", seen)
    put(path)
    assert modes[0] == 0o600


@pytest.mark.skipif(not (hasattr(os, "geteuid") and os.geteuid() == 0), reason="needs root")
def test_a_file_keeps_its_owner_where_that_may_be(tmp_path):
    path = tmp_path / "稿.txt"
    put(path, b"old")
    os.chown(path, 4321, 1234)
    put(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (4321, 1234)


@POSIX
def test_where_the_group_cannot_be_kept_another_one_may_not_read_instead(tmp_path, monkeypatch):
    def refused(*words):
        raise PermissionError(1, "")

    path = tmp_path / "稿.txt"
    put(path, b"old")
    path.chmod(0o664)
    monkeypatch.setattr(disk.os, "fchown", refused)
    status = os.stat(path)
    other = os.stat_result((*status[:5], status.st_gid + 1, *status[6:]))
    with path.open("r+b") as file:
        disk._dress(file.fileno(), path, other)
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="needs attributes of Linux")
def test_a_file_keeps_its_attributes(tmp_path):
    path = tmp_path / "稿.txt"
    put(path, b"old")
    try:
        os.setxattr(path, "user.note", b"mine")
    except OSError:
        pytest.skip("the file system has no attributes")
    put(path)
    assert (path.read_bytes(), os.getxattr(path, "user.note")) == (b"new", b"mine")


@POSIX
def test_a_link_stays_and_what_it_points_to_is_written_anew(tmp_path):
    (tmp_path / "别处").mkdir()
    place, link = tmp_path / "别处/稿.txt", tmp_path / "稿.txt"
    put(place, b"old")
    link.symlink_to("别处/稿.txt")
    assert put(link) == [link]
    assert (link.is_symlink(), place.read_bytes()) == (True, b"new")
    # the record is where the file is
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    place.unlink()
    put(link, b"through a link to nothing")
    assert place.read_bytes() == b"through a link to nothing"
    place.write_bytes(b"somebody's")
    with pytest.raises(InputError, match="来自别处"):
        put(link)


@POSIX
def test_a_link_that_goes_round_and_one_into_no_folder_are_told(tmp_path):
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    with pytest.raises(InputError, match="链接绕回了自己"):
        put(tmp_path / "a.txt", force=True)


@POSIX
def test_two_names_of_one_file_are_told(tmp_path):
    (tmp_path / "b.txt").symlink_to("a.txt")
    with pytest.raises(InputError, match="是同一个文件"):
        files.put({tmp_path / "a.txt": b"1", tmp_path / "b.txt": b"2"})
    assert not (tmp_path / "a.txt").exists()


@POSIX
def test_a_file_of_several_names_is_replaced_under_this_one_only_if_asked(tmp_path):
    path, other = tmp_path / "稿.txt", tmp_path / "存档.txt"
    put(path, b"old")
    other.hardlink_to(path)
    with pytest.raises(InputError, match="硬链接"):
        put(path)
    assert path.samefile(other)
    put(path, force=True)
    assert (path.read_bytes(), other.read_bytes()) == (b"new", b"old")


@POSIX
def test_a_read_only_file_is_replaced_only_if_asked_and_stays_read_only(tmp_path):
    path = tmp_path / "稿.txt"
    put(path, b"old")
    path.chmod(0o444)
    with pytest.raises(InputError, match="只读"):
        put(path)
    assert path.read_bytes() == b"old"
    put(path, force=True)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o444)


@POSIX
@pytest.mark.parametrize("force", [False, True])
def test_a_pipe_a_socket_and_a_device_are_no_files(force, tmp_path):
    pipe, device, bound = tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "c.pdf"
    os.mkfifo(pipe)
    device.symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(tmp_path)  # the name of a socket is short
        one.bind("c.pdf")
        os.chdir(here)
        for path in (pipe, device, bound):
            with pytest.raises(InputError, match="不是文件"):
                put(path, force=force)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("长" * 90 + ".txt", "名字太长"),
        ("a.txt/b.txt", "写不了"),
        ("a.txt/b/c.txt", "写不了"),
        ("夹", "它是文件夹"),
        ("\0.txt", "没有这样的文件名"),
        ("\ud800.txt", "没有这样的文件名"),
        ("/".join(["深" * 80] * 20) + "/a.txt", "名字太长"),
    ],
)
def test_a_place_where_nothing_can_be_is_told(name, told, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a file")
    (tmp_path / "夹").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError, match=told) as error:
        put(tmp_path / name, force=True)
    assert ("短些" in str(error.value)) == (told == "名字太长")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_may_be_as_long_as_the_system_takes(tmp_path):
    name = "n" * 251 + ".txt"
    put(tmp_path / name)
    put(tmp_path / name, b"anew")
    assert (tmp_path / name).read_bytes() == b"anew"


def test_a_file_edited_while_it_is_about_to_be_replaced_is_kept(tmp_path, monkeypatch):
    path, beside = tmp_path / "稿.txt", tmp_path / "别的.txt"
    files.put({path: b"old", beside: b"old too"})
    put_on_disk = disk.put

    def edited_meanwhile(*words):
        path.write_bytes(b"somebody's own words")
        put_on_disk(*words)

    monkeypatch.setattr(disk, "put", edited_meanwhile)
    with pytest.raises(InputError, match="有人改过"):
        files.put({beside: b"new too", path: b"new"})
    assert (path.read_bytes(), beside.read_bytes()) == (b"somebody's own words", b"old too")


def test_a_file_that_comes_while_one_is_about_to_be_written_is_kept(tmp_path, monkeypatch):
    path = tmp_path / "稿.txt"
    put_on_disk = disk.put

    def made_meanwhile(*words):
        path.write_bytes(b"somebody's own words")
        put_on_disk(*words)

    monkeypatch.setattr(disk, "put", made_meanwhile)
    for write in (put, files.add):
        with pytest.raises(InputError):
            write(path, b"new")
        assert path.read_bytes() == b"somebody's own words"
        path.unlink()


def test_texts_that_say_the_same_are_each_known(tmp_path):
    files.put({tmp_path / "a.txt": b"same", tmp_path / "b.txt": b"same"})
    put(tmp_path / "a.txt")
    put(tmp_path / "b.txt")
    assert len((tmp_path / files.RECORD).read_text("ascii").split()) == 1


def test_a_template_and_data_are_never_written_over(tmp_path):
    template = tmp_path / "本局"
    starter.start(genre.find("briefing"), template)
    report = Report.open(EXAMPLE, template=str(template))
    words = template / "words.jinja"
    before = words.read_bytes()
    (tmp_path / "稿.txt").symlink_to(words)
    for path in (words, tmp_path / "稿.txt"):
        with pytest.raises(InputError, match="模板自己"):
            report.save(path, "txt", force=True)
    assert words.read_bytes() == before


def test_a_file_object_that_takes_a_part_at_a_time_gets_all(tmp_path):
    class Slow(io.RawIOBase):
        def __init__(self):
            self.got = b""

        def writable(self):
            return True

        def write(self, part):
            self.got += bytes(part[:1000])
            return len(part[:1000])

    report, slow = Report.of(data()), Slow()
    report.save(slow, "txt")
    assert slow.got == report.render("txt")
    slow.write = lambda part: None
    with pytest.raises(BlockingIOError):
        report.save(slow, "txt")


def test_a_starter_is_made_whole_or_not_at_all_and_never_among_others_files(tmp_path, monkeypatch):
    kind = genre.find("briefing")
    made = starter.start(kind, tmp_path / "夹/本局")
    shutil.rmtree(tmp_path / "夹")
    for number in range(0, 60, 7):
        with monkeypatch.context() as patch:
            System(number, FAULTS["full"]).install(patch)
            with suppress(InputError):
                starter.start(kind, tmp_path / "夹/本局")
        assert len(list(tmp_path.rglob("*"))) in (0, 2 + len(made))
        shutil.rmtree(tmp_path / "夹", ignore_errors=True)
    made = starter.start(kind, tmp_path / ("长" * 80))
    assert all(path.is_file() for path in made)
    with pytest.raises(InputError, match="已经有东西"):
        starter.start(kind, tmp_path / ("长" * 80))
