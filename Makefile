# Two commands do all the set-up: `make brief` and `make test`. Both need Python 3.11 or newer and pip; nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet

.PHONY: brief test test-all test-long lint lab lock bench clean

brief: $(VENV)/.installed            ## set up, build the first brief, say where PDF and HTML are
	@$(BIN)/brief build islamic-state-abroad

test: $(VENV)/.installed-test        ## the user's tests: pip alone
	@$(BIN)/python -m pytest -m "not conformance and not browser and not long and not airflow"

test-all: $(VENV)/.installed-test    ## with veraPDF, the Nu checker, axe-core and Chromium, none of which may be skipped
	@BRIEFTOOLS_NO_SKIPS=1 $(BIN)/python -m pytest -m "not long and not airflow"

test-long: $(VENV)/.installed-test   ## minutes; by hand before a release
	@$(BIN)/python -m pytest -m long

lint: $(VENV)/.installed-test
	@$(BIN)/ruff check src tests && $(BIN)/ruff format --check src tests && $(BIN)/mypy
	@$(BIN)/python -m nbstripout --verify --keep-id briefs/*/brief.ipynb templates/*.ipynb

lab: $(VENV)/.installed              ## JupyterLab on this project
	@$(BIN)/brief lab

lock:                                ## resolve the locks anew, on Python 3.11; needs uv
	@uv pip compile pyproject.toml --extra lab $(LOCK) -o requirements.txt
	@uv pip compile pyproject.toml --extra lab --extra test -c requirements.txt $(LOCK) -o requirements-test.txt

LOCK = --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate

$(VENV)/.installed: requirements.txt pyproject.toml
	@echo "Setting up $(VENV) from requirements.txt (a few minutes the first time)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "brieftools needs Python 3.11 or newer: make brief PYTHON=python3.12" >&2; exit 3; }
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --no-deps -r requirements.txt
	@$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed requirements-test.txt
	@$(PIP) install --require-hashes --no-deps -r requirements-test.txt
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache

bench:                               ## speed: a build against a bare script, in pairs; the checker on 20,000 words
	@$(BIN)/python benchmarks/build_against_script.py
	@$(BIN)/python benchmarks/incidents.py
	@$(BIN)/python benchmarks/check_words.py
