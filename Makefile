# make app          the screening app on the embedded store   (make app DEMO=1: with a made-up caseload)
# make lab          JupyterLab for a lead officer; what a notebook shows is never saved in its file
# make test         everything: lint, layers, types, unit, property, notebooks, browser
# make install      only the environment in .venv
# make bench        ratios measured in one run
# make mutants      mutation tests of the core
# make sql          the statements of the store again, from how they are worded
# make lock         the lock files again, from pyproject.toml
PYTHON ?= python3
# Without bytecode every process would compile its libraries again.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin

.PHONY: app lab install test lint bench mutants sql lock clean

app: install
	$(BIN)/cse-workbook app $(if $(DEMO),--demo) $(ARGS)

lab: install
	$(BIN)/jupyter lab --ServerApp.root_dir=notebooks \
		--FileContentsManager.pre_save_hook=cse_workbook.lab.without_outputs $(ARGS)

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/installed-test: .venv/installed requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

lint: .venv/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest

bench: .venv/installed-test
	$(BIN)/python -m benchmarks

mutants: .venv/installed-test
	$(BIN)/python -m tests.mutants

sql: .venv/installed
	$(BIN)/python -m cse_workbook.store.statements cse_workbook/store/sql.py

lock:
	uv pip compile pyproject.toml --extra build -o requirements.lock $(LOCK)
	uv pip compile pyproject.toml --extra build --extra scale --extra test -o requirements-test.lock $(LOCK)

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

clean:
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis mutants dist
