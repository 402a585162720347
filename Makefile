# Everything a person or a build machine runs. `make` alone lists it.
#
# Needs make and Python 3.11 or newer. The virtual environment .venv is made on first use, from
# hashed lock files, and made again when a lock file changes; three stamps in it remember how far
# it got, so that the second start is immediate.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
RUN := $(BIN)/python -m
PIP := $(RUN) pip --disable-pip-version-check --quiet
NEW_PIP := .venv/.pip
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
	@# Each property with ten times as many examples; ARGS may ask for no property at all.
	@[ -n "$(ARGS)" ] || SIAGA_TEST_EXAMPLES=10 $(RUN) pytest --quiet $(BESIDE) tests/property

.PHONY: bench
bench: $(DEV) ## Measure throughput and latency on a real broker (Java and Maven; minutes)
	@$(RUN) tests.bench $(ARGS)

.PHONY: mutate
mutate: $(DEV) ## Move every number of the rules by one unit: which does no test notice? (a minute)
	@$(BIN)/siaga rules mutate $(ARGS)

# pyright takes as long as all others together, so it runs beside them and is told of last.
.PHONY: check
check: $(DEV) ## Judge style, types, layers, spelling and the source tree (pyright needs Node)
	@failed=0; judge() { echo "$$1"; shift; "$$@" || failed=1; }; \
	told=$$(mktemp); trap 'kill "$$beside" 2>/dev/null; rm -f "$$told"' EXIT; \
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(RUN) pyright >"$$told" 2>&1 & beside=$$!; \
	judge "ruff check" $(RUN) ruff check --quiet; \
	judge "ruff format" $(RUN) ruff format --check --quiet; \
	judge "mypy" $(RUN) mypy --no-error-summary; \
	judge "import-linter" $(BIN)/lint-imports --no-logo --cache-dir .cache/import-linter; \
	judge "codespell" $(BIN)/codespell; \
	judge "tidy" $(RUN) pytest --quiet tests/tidy; \
	echo "pyright"; wait $$beside || failed=1; cat "$$told"; \
	exit $$failed

.PHONY: format
format: $(DEV) ## Put the code into shape and mend what ruff can mend
	@$(RUN) ruff check --quiet --fix-only
	@$(RUN) ruff format --quiet

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
  --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

.PHONY: lock
lock: $(DEV) ## Write the lock files from pyproject.toml (ARGS=--upgrade takes newer releases)
	@echo pip | $(COMPILE) $(ARGS) - --output-file requirements-pip.lock
	@$(COMPILE) $(ARGS) pyproject.toml --extra build --output-file requirements.lock
	@$(COMPILE) $(ARGS) pyproject.toml --extra build --extra dev --output-file requirements-dev.lock

.PHONY: clean
clean: ## Remove caches and build artefacts (the virtual environment stays)
	@rm -rf .cache .hypothesis build dist *.egg-info
	@find streams tests -name __pycache__ -prune -exec rm -rf {} +

# What pip has laid down is compiled on all processors at once; some files are for other Pythons.
LOCKED := $(PIP) install --no-compile --require-hashes --requirement
COMPILED := $(RUN) compileall -qq -j 0 .venv/lib || true

# pip takes the project last and alone: all it needs was pinned above, setuptools included, which
# warns of every project that is run from its own folder.
PROJECT := PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation --editable .

$(RUNTIME): requirements.lock pyproject.toml | $(NEW_PIP)
	@echo "Installing what Siaga runs on, from requirements.lock"
	@$(LOCKED) requirements.lock
	@$(PROJECT)
	@$(COMPILED)
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(NEW_PIP)
	@echo "Installing what Siaga is developed with, from requirements-dev.lock"
	@$(LOCKED) requirements-dev.lock
	@$(PROJECT)
	@$(COMPILED)
	@touch $@ $(RUNTIME)

# The pip that Python 3.11 comes with takes twice as long over the same lock.
$(NEW_PIP): requirements-pip.lock | $(BIN)/python
	@$(LOCKED) requirements-pip.lock
	@touch $@

# The first Python that starts and is new enough; a name alone may be a shim without a program.
$(BIN)/python:
	@for python in $(PYTHON) python3.11 python3; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making .venv with $$($$python --version)"; exec $$python -m venv .venv; \
	  fi; \
	done; \
	echo "No Python 3.11 or newer found. Install one, or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1
