"""Whatever is handed in is built and proved, or refused in words of ours: the corpus, and some of it changed."""

import random
import time

import attempt
import corpus
import pytest

# so many changed files a run: the same ones every time
QUICK, SLOW = 250, 1500


@pytest.mark.parametrize(
    "file", [file for file in corpus.files() if file.suffix != ".sheet"], ids=lambda file: file.name
)
def test_every_file_of_the_corpus_is_built_or_refused(file):
    begun = time.process_time()
    assert attempt.tried(file) in ("built", "refused")
    assert time.process_time() - begun < attempt.SECONDS


PLAIN = [file for file in corpus.files() if file.stem == "plain" and file.suffix != ".sheet"]


@pytest.mark.parametrize("file", PLAIN, ids=lambda file: file.name)
def test_a_plain_file_of_each_kind_is_built_so_that_what_is_changed_of_it_gets_anywhere(file):
    assert attempt.tried(file) == "built"


def changed_files(count, seed, folder):
    draw = random.Random(seed)
    known = [(file, file.read_bytes()) for file in corpus.files()]
    for at in range(count):
        source, raw = draw.choice(known)
        data = corpus.changed(raw, draw, [other for _, other in known])
        sheet = source.suffix == ".sheet"
        file = folder / f"{at}{'.xlsx' if sheet else source.suffix}"
        file.write_bytes(attempt.repacked(data) if sheet else data)
        yield file


@pytest.mark.parametrize(("count", "seed"), [(QUICK, 1), pytest.param(SLOW, 2, marks=pytest.mark.slow)])
def test_changed_files_of_the_corpus_are_built_or_refused(count, seed, tmp_path):
    for file in changed_files(count, seed, tmp_path):
        assert attempt.tried(file) in ("built", "refused"), file
