# make demo: build the example speech from nothing. make test: run every test.
PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
OUT = out

.PHONY: demo test check bench messages tools clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/installed-dev: pyproject.toml $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

$(VENV)/installed-bench: pyproject.toml $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
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
	$(BIN)/python -m pytest -rs

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/installed-bench
	$(BIN)/python benchmarks/run.py

messages: $(VENV)/installed
	$(BIN)/python reportkit/locale/compile.py

clean:
	rm -rf $(VENV) $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
