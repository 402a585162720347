# Everything a person or a build machine runs. `make` alone lists it.
#
# Needs make and Python 3.11 or newer. The virtual environment .venv is made on first use, from
# hashed lock files, and made again when a lock file changes; two stamps in it remember how far
# it got, so that the second start is immediate.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
RUN := $(BIN)/python -m
PIP := $(RUN) pip --disable-pip-version-check --quiet
RUNTIME := .venv/.runtime
DEV := .venv/.dev
ARGS ?=
# Modules of tests run beside each other, the longest first (tests/conftest.py).
BESIDE := --numprocesses auto --dist loadfile --no-loadscope-reorder

# SIAGA_TEST_ALL=1 makes a test fail that would be left out for want of a tool (tests/conftest.py).
export SIAGA_TEST_ALL
# Hundreds of processes start in a run of the tests: each would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

.PHONY: env
env: $(RUNTIME) ## Make .venv with the command siaga in it, and nothing else

.PHONY: demo
demo: $(RUNTIME) ## Play an election day here: broker, worker, live table of alerts (Ctrl-C ends it)
	@$(BIN)/siaga demo $(ARGS)

.PHONY: test
test: $(DEV) ## Run every test that this machine can run (ARGS="-k ladder" narrows it)
	@$(RUN) pytest --quiet $(BESIDE) $(ARGS)

.PHONY: faults
faults: $(DEV) ## Run the long fault suite: kills, pauses, rebalances (Java and Maven; minutes)
	@$(RUN) pytest --quiet -m slow tests $(ARGS)

.PHONY: bench
bench: $(DEV) ## Measure throughput and latency on a real broker (Java and Maven; minutes)
	@$(RUN) tests.bench $(ARGS)

.PHONY: mutate
mutate: $(DEV) ## Move every number of the rules by one unit: which does no test notice? (a minute)
	@$(BIN)/siaga rules mutate $(ARGS)

.PHONY: check
check: $(DEV) ## Judge style, types, layers, spelling and the source tree (pyright needs Node)
	@failed=0; judge() { echo "$$1"; shift; "$$@" || failed=1; }; \
	judge "ruff check" $(RUN) ruff check --quiet; \
	judge "ruff format" $(RUN) ruff format --check --quiet; \
	judge "mypy" $(RUN) mypy --no-error-summary; \
	judge "pyright" env PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(RUN) pyright; \
	judge "import-linter" $(BIN)/lint-imports --no-logo --cache-dir .cache/import-linter; \
	judge "codespell" $(BIN)/codespell; \
	judge "tidy" $(RUN) pytest --quiet tests/tidy; \
	exit $$failed

.PHONY: format
format: $(DEV) ## Put the code into shape and mend what ruff can mend
	@$(RUN) ruff check --quiet --fix-only
	@$(RUN) ruff format --quiet

COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
  --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra build

.PHONY: lock
lock: $(DEV) ## Write the lock files from pyproject.toml (ARGS=--upgrade takes newer releases)
	@$(COMPILE) $(ARGS) --output-file requirements.lock
	@$(COMPILE) $(ARGS) --extra dev --output-file requirements-dev.lock

.PHONY: clean
clean: ## Remove caches and build artefacts (the virtual environment stays)
	@rm -rf .cache .hypothesis build dist *.egg-info
	@find streams tests -name __pycache__ -prune -exec rm -rf {} +

# pip takes the project last and alone: all it needs was pinned above, setuptools included.
PROJECT := --no-deps --no-build-isolation --editable .

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Siaga runs on, from requirements.lock"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install $(PROJECT)
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Siaga is developed with, from requirements-dev.lock"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install $(PROJECT)
	@touch $@ $(RUNTIME)

# The first Python that starts and is new enough; a name alone may be a shim without a program.
$(BIN)/python:
	@for python in $(PYTHON) python3.11 python3; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making .venv with $$($$python --version)"; exec $$python -m venv .venv; \
	  fi; \
	done; \
	echo "No Python 3.11 or newer found. Install one, or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1
