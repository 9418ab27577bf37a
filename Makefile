# `make run` opens Thalweg, `make test` checks it. Both make .venv and install what they need.
.PHONY: help run test quick lint translations bench pictures clean

BIN := .venv/bin
TESTS ?= tests
JOBS ?= 2

help:
	@echo "make run           install into .venv and open the window (headless where there is no display)"
	@echo "make test          install what the tests need; lint, types and all tests"
	@echo "make quick         the engine's and widgets' tests of what changed, or of TESTS=path; no lint"
	@echo "make lint          lint, format and types alone"
	@echo "make translations  gather the window's texts into resources/translations"
	@echo "make bench         the benchmarks of tests/bench, into the README's table"
	@echo "make pictures      take the README's screenshots again"
	@echo "make clean         remove .venv and everything built"

run:
	@.ci/install run
	@.ci/start

test:
	@.ci/install test
	@$(MAKE) --no-print-directory lint
	@# Each worker begins with a half (one computes, one waits for windows) and takes from the other.
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(TESTS)

quick:
	@.ci/install test
	@$(BIN)/python -m tests.quick --jobs $(JOBS) $(filter-out tests,$(TESTS))

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

translations:
	$(BIN)/python resources/translations/update.py
	@$(BIN)/python -m resources.build

bench:
	@.ci/install test
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.readme

# In English with the first settings, whatever the user's are.
PICTURE = QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 XDG_CONFIG_HOME=$$(mktemp -d) $(BIN)/thalweg

pictures:
	$(PICTURE) --workspace detection --screenshot resources/readme/detection.png
	$(PICTURE) --workspace descent --screenshot resources/readme/descent.png
	$(PICTURE) --workspace networks --screenshot resources/readme/networks.png
	$(PICTURE) resources/readme/tasks.json --screenshot resources/readme/tasks.png

clean:
	rm -rf .venv build dist out *.egg-info resources/translations/*.qm
