# The commands of the house; each sets up what it needs.
# make demo | test-fast | test | check | docs | docs-serve | pictures | dist | nightly | bench | bench-library | catalogues | lock

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.locked

.PHONY: demo test test-fast check docs docs-serve pictures dist nightly bench bench-library catalogues lock clean

# A venv at the locked versions, re-made only where the lock or the list of dependencies changed:
# the demo needs what Selon runs on, the rest also what it is tested with.
define venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Selon needs Python 3.11 or newer: make PYTHON=python3.12 demo"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { echo "no venv module: apt-get install python3-venv, or your system's like"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
endef
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/.runs: requirements.lock pyproject.toml
	$(venv)
	$(PIP) -c requirements.lock -e .
	@touch $@

$(STAMP): requirements.lock pyproject.toml
	$(venv)
	$(PIP) -r requirements.lock
	$(PIP) --no-deps -e .
	@touch $@ $(VENV)/.runs

demo: $(VENV)/.runs
	$(BIN)/selon read examples/exemple.txt --explain

check: $(STAMP)
	$(BIN)/ruff check src tests scripts
	$(BIN)/ruff format --check src tests scripts
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/catalogues.py --check
	$(BIN)/python scripts/assets.py --check
	$(BIN)/python scripts/reference --check
	$(BIN)/python -m mkdocs build --strict --quiet --site-dir $(VENV)/site

# Both are run whatever the other says, tests by as many processes as there are cores, four at most (each
# loads the models). make test PYTEST='-n0 -m "not slow"': one process, without what takes minutes.
test: $(STAMP)
	@status=0; $(MAKE) --no-print-directory check || status=1; \
	  $(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile $(PYTEST) || status=1; exit $$status

# What to run while one works: no browser, no processes of their own, nothing slow or fetched.
test-fast: $(STAMP)
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile \
	  -m "not (slow or browser or process or net or model)" $(PYTEST)

# The documents as a site, offline: site/index.html (English), site/fr/index.html.
docs: $(STAMP)
	$(BIN)/python scripts/reference
	$(BIN)/python -m mkdocs build --strict --quiet

docs-serve: $(STAMP)
	$(BIN)/python -m mkdocs serve

# The pictures of the application in the documents: wants Chromium.
pictures: $(STAMP)
	$(BIN)/python scripts/pictures.py

# Source archive and wheel, in dist/, checked: metadata, README, contents.
dist: $(STAMP)
	rm -rf dist build
	$(BIN)/python -m build --quiet --outdir dist .
	$(BIN)/python -m twine check --strict dist/*
	$(BIN)/python scripts/check_dist.py dist

# What takes too long for every change: installations without the lock, at the newest and the oldest versions
# that pyproject.toml allows, bare and with each extra; twenty thousand broken files of all formats; every file
# case; the memory of a PDF of a gigabyte and a ZIP of two; rates. make nightly NIGHTLY='--only fuzz,sizes'.
nightly: $(STAMP)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/python scripts/nightly.py $(NIGHTLY)

# LIBRARY=press.db measures the reading room over that library (copied), else over a made-up one.
bench: $(STAMP)
	$(BIN)/python -m selon.bench.reading
	$(BIN)/python -m selon.bench.web $(LIBRARY)

# Made-up libraries of 10,000, 100,000 and a million statements, in a folder that is dropped after.
bench-library: $(STAMP)
	@folder=$$(mktemp -d); for n in 10000 100000 1000000; do \
	  echo "== $$n statements"; $(BIN)/python -m selon.bench.library $$folder/$$n.db --statements $$n; \
	done; rm -r $$folder

catalogues: $(STAMP)
	$(BIN)/python scripts/catalogues.py

# All extras but `train`: torch alone is 3 GB, and no test needs it.
EXTRAS := bench daft dev docs documents en feeds mcp numbers parquet room spark translate warc web

lock: $(STAMP)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 $(addprefix --extra ,$(EXTRAS)) \
	  -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist site .mypy_cache .pytest_cache .ruff_cache .hypothesis
