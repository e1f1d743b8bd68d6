# The whole project in a few words. `make site` and `make test` need nothing but Python.
PYTHON ?= python3
BIN := .venv/bin
URL := http://localhost:8000/
SIZES ?= 100 1000
RUNS ?= 3
SAVES ?= 20
N ?= 500
REPO ?= .

.PHONY: site view test soak check lint types format manual bench bench-serve clean

site: .venv/site.stamp  ## build this repository's own site into public/
	@$(BIN)/sitegen build . --base-url $(URL)
	@echo "The site is in public/. To look at it: make view, then open $(URL)"

view: .venv/site.stamp  ## show this repository's own site, and every change of it, until Ctrl-C
	@$(BIN)/sitegen serve .

test: .venv/test.stamp  ## run the whole test suite
	$(BIN)/python -m pytest -n auto $(TESTS)

soak: .venv/test.stamp  ## what is random, for hours: make soak N=5000 REPO=../blog
	SITEGEN_TEST_ROUNDS=50 $(BIN)/python -m pytest tests/test_serve_browser.py -k breaking_and_mending
	SITEGEN_SOAK=$(N) SITEGEN_REPO=$(realpath $(REPO)) $(BIN)/python -m pytest -n auto \
	  tests/test_laws.py tests/test_store.py tests/test_kills.py tests/test_replay.py

check: lint types test  ## all that CI runs

lint: .venv/dev.stamp
	$(BIN)/ruff format --check sitegen tests bench
	$(BIN)/ruff check sitegen tests bench

types: .venv/dev.stamp
	$(BIN)/mypy

format: .venv/dev.stamp  ## put the code in one style
	$(BIN)/ruff format sitegen tests bench
	$(BIN)/ruff check --fix sitegen tests bench

manual: .venv/site.stamp  ## write the generated parts of the manual
	$(BIN)/python -m tests.manual

bench: .venv/site.stamp  ## race the peers: make bench SIZES="100 1000 10000" RUNS=5
	$(BIN)/python -m bench --sizes $(SIZES) --runs $(RUNS)

bench-serve: .venv/test.stamp  ## time from a save to the browser: make bench-serve SIZES="1000 10000"
	$(BIN)/python -m bench.serve --sizes $(SIZES) --runs $(SAVES)

node_modules: package-lock.json  ## outside test material: the CommonMark examples and others
	npm ci --no-audit --no-fund
	touch node_modules

clean:
	rm -rf .venv public node_modules

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/site.stamp: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/test.stamp: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@ .venv/site.stamp

.venv/dev.stamp: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ .venv/test.stamp .venv/site.stamp
