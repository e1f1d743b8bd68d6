# The whole project in a few words. `make site` and `make test` need nothing but Python.
# They install what requirements/ locks, so that they do the same on any day; `make lock` renews it.
PYTHON ?= python3
BIN := .venv/bin
URL := http://localhost:8000/
SIZES ?= 100 1000
RUNS ?= 3
PLACES ?= disk memory
SAVES ?= 20
N ?= 500
REPO ?= .

.PHONY: site view test test-oldest test-newest soak check lint types format manual pictures lock bench \
  bench-serve clean

site: .venv/site.stamp  ## build this repository's own site into public/
	@$(BIN)/sitegen build . --base-url $(URL)
	@echo "The site is in public/. To look at it: make view, then open $(URL)"

view: .venv/site.stamp  ## show this repository's own site, and every change of it, until Ctrl-C
	@$(BIN)/sitegen serve .

test: .venv/dev.stamp  ## run the whole test suite
	$(BIN)/python -m pytest -n auto $(TESTS)

test-oldest: .venv-oldest/oldest.stamp  ## the suite with the lowest versions pyproject.toml allows
	.venv-oldest/bin/python -m pytest -n auto $(TESTS)

test-newest:  ## the suite with the newest versions pyproject.toml allows, as they are today
	$(PYTHON) -m venv --clear .venv-newest
	.venv-newest/bin/python $(INSTALL) --editable '.[test]'
	.venv-newest/bin/python -m pytest -n auto $(TESTS)

soak: .venv/dev.stamp  ## what is random, for hours: make soak N=5000 REPO=../blog
	SITEGEN_TEST_ROUNDS=50 $(BIN)/python -m pytest tests/serve/test_browser.py -k breaking_and_mending
	SITEGEN_SOAK=$(N) SITEGEN_REPO=$(realpath $(REPO)) $(BIN)/python -m pytest -n auto \
	  tests/test_laws.py tests/storage/test_cache.py tests/test_kills.py tests/test_replay.py

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

pictures: .venv/dev.stamp  ## take those of the README again, or of all: make pictures FOLDER=/tmp/look
	$(BIN)/python -m tests.pictures $(FOLDER)

lock: .venv/bin/uv  ## renew all locked versions: of requirements/, of npm and of the benchmark
	$(COMPILE) requirements/dev.txt pyproject.toml --extra dev
	$(COMPILE) requirements/site.txt pyproject.toml --extra build-backend -c requirements/dev.txt
	$(COMPILE) requirements/oldest.txt pyproject.toml --extra test --resolution lowest-direct
	$(COMPILE) bench/requirements.txt bench/requirements.in
	npm update --package-lock-only --omit-lockfile-registry-resolved --no-audit
	npm update --package-lock-only --omit-lockfile-registry-resolved --no-audit --prefix bench

bench: .venv/site.stamp  ## race the peers: make bench SIZES="100 1000" RUNS=5 PLACES=memory
	$(BIN)/python -m bench --sizes $(SIZES) --runs $(RUNS) --places $(PLACES) \
	  $(if $(ONLY),--only $(ONLY))

bench-serve: .venv/dev.stamp  ## time from a save to the browser: make bench-serve SIZES="1000 10000"
	$(BIN)/python -m bench.serve --sizes $(SIZES) --runs $(SAVES)

node_modules: package-lock.json  ## outside test material: the CommonMark examples and others
	npm ci --no-audit --no-fund
	touch node_modules

clean:
	rm -rf .venv .venv-oldest .venv-newest public node_modules

.venv/bin/python .venv-oldest/bin/python:
	$(PYTHON) -m venv $(@:/bin/python=)

.venv/bin/uv: .venv/bin/python
	$(BIN)/python $(INSTALL) uv

.venv/%.stamp: requirements/%.txt pyproject.toml .venv/bin/python
	$(install-locked)

.venv-oldest/%.stamp: requirements/%.txt pyproject.toml .venv-oldest/bin/python
	$(install-locked)

INSTALL := -m pip install --quiet --disable-pip-version-check

# Without isolation, which would fetch the newest build backend: the locked one is there. The code is
# compiled before its first use: a folder of compiled code that comes while the tests run would look
# like an installation that changes.
define install-locked
	$(@D)/bin/python -m compileall -q sitegen
	$(@D)/bin/python $(INSTALL) --require-hashes --requirement $<
	$(@D)/bin/python $(INSTALL) --no-build-isolation --no-deps --editable .
	touch $@
endef

# For every Python and platform at once.
COMPILE := $(BIN)/uv pip compile --quiet --no-config --upgrade --universal --python-version 3.11 \
  --generate-hashes --custom-compile-command 'make lock' --output-file
