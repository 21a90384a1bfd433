# make demo: build the example speech from nothing. make test: run every test. make quick: those that take a minute.
PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
OUT = out
# every package at the version it was tested with, the one that builds ours too
export PIP_CONSTRAINT = $(CURDIR)/constraints.txt
export PIP_BUILD_CONSTRAINT = $(PIP_CONSTRAINT)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST = $(BIN)/python -m pytest -n auto --dist loadgroup

.PHONY: demo test quick fuzz check bench versions tools clean

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) -e .
	touch $@

$(VENV)/installed-dev: pyproject.toml $(VENV)/installed
	$(INSTALL) -e '.[dev]'
	touch $@

$(VENV)/installed-bench: pyproject.toml $(VENV)/installed-dev
	$(INSTALL) -e '.[bench]'
	touch $@

demo: $(VENV)/installed
	$(BIN)/reportkit build examples/jingxin/data.yaml -o $(OUT)
	$(BIN)/reportkit build examples/jingxin/data.yaml --edition redacted -o $(OUT)

# LibreOffice, poppler and qpdf, as root on Debian; elsewhere the tests that need them are skipped by name
tools:
	@if command -v soffice >/dev/null && command -v pdftotext >/dev/null && command -v qpdf >/dev/null \
	  && command -v fc-scan >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    libreoffice-writer-nogui poppler-utils qpdf fontconfig >/dev/null; \
	else echo "LibreOffice, poppler and qpdf are not here: the tests that need them are skipped"; fi

test: tools $(VENV)/installed-dev
	$(PYTEST) -rs

quick: $(VENV)/installed-dev
	$(PYTEST) -m "not real and not slow"

# files of the corpus changed by chance for so many minutes, then the property tests on examples drawn anew
MINUTES = 5
fuzz: $(VENV)/installed-dev
	$(BIN)/python tests/fuzz/run.py --minutes $(MINUTES)
	REPORTKIT_FUZZ=1 $(PYTEST) -m "not real"

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/installed-bench
	$(BIN)/python benchmarks/run.py

# constraints.txt anew: the newest version of everything that pyproject.toml admits
versions: export PIP_CONSTRAINT =
versions: export PIP_BUILD_CONSTRAINT =
versions:
	rm -rf build/versions && $(PYTHON) -m venv build/versions
	build/versions/bin/python -m pip install --quiet --disable-pip-version-check hatchling '.[dev,bench]'
	echo "# every version that make and CI install; renewed by make versions" > build/constraints.txt
	build/versions/bin/python -m pip --disable-pip-version-check freeze --exclude reportkit-gongwen >> build/constraints.txt
	mv build/constraints.txt constraints.txt

clean:
	rm -rf $(VENV) $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
