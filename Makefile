# `make demo` and `make test` do all the set-up they need; `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test serve reliability check fix golden bench docs lock clean setup setup-dev

VENV ?= .venv
BIN := $(VENV)/bin
DEMO ?= demo-out
SEED ?= 7
# Processes that run tests at a time.
JOBS ?= 2
export PYTHON VENV
# One thread for each Tesseract: more burn four times the CPU for a longer wall time (docs/quality.md).
export OMP_THREAD_LIMIT := 1
export PRE_COMMIT_HOME := $(CURDIR)/$(VENV)/pre-commit

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: setup ## make sample paperwork, read it, show the requests (into demo-out/)
	@rm -rf "$(DEMO)"
	@$(BIN)/python -m samples.demo "$(DEMO)" --seed $(SEED)
	@$(BIN)/dossier process --each "$(DEMO)/received" --out "$(DEMO)/requests" || [ $$? -eq 4 ]  # 4: something was held or rejected
	@$(BIN)/dossier show "$(DEMO)/requests"
	@echo "Each request as a page with its pictures:"; ls "$(DEMO)"/requests/*/*.html

test: check ## check, then all tests
	@$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadfile

check: setup-dev ## the pre-commit hooks: ruff, its formatting, mypy --strict
	@PATH="$(CURDIR)/$(BIN):$$PATH" pre-commit run --all-files

fix: setup-dev ## repair formatting and what ruff can repair
	@$(BIN)/ruff check --fix . || true
	@$(BIN)/ruff format .

bench: setup-dev ## measure the quality and speed that docs/quality.md states
	@for name in ocr boxes confidence gate quality; do echo "== $$name"; $(BIN)/python -m "benchmarks.$$name"; done
	@echo "== The others need a peer, notes, files or more than minutes: see the first lines of each in benchmarks/."

docs: setup-dev ## rewrite the generated pages of docs/
	@for page in docs/[a-z]*.py; do $(BIN)/python -m "docs.$$(basename "$$page" .py)"; done

reliability: setup-dev ## prove what the service promises, at the sizes of a release; writes RELIABILITY.md
	@rm -rf build/proofs; status=0; \
	$(BIN)/python -m pytest tests/reliability --release --proofs build/proofs/kills.json \
	  --numprocesses $(JOBS) --dist worksteal || status=1; \
	$(BIN)/python -m pytest tests/web/test_access_matrix.py tests/web/test_schemathesis.py \
	  tests/services/test_end_to_end.py tests/store/test_second_wall.py tests/store/test_objects.py \
	  --release --proofs build/proofs/others.json --numprocesses $(JOBS) --dist worksteal || status=1; \
	$(BIN)/python -m tests.reliability.report build/proofs RELIABILITY.md; exit $$status

serve: setup ## run the service: http://127.0.0.1:8000, its files under data/
	@$(BIN)/dossier serve

golden: ## rewrite golden files (not built yet)
	@echo "make golden: not built yet; there are no golden files." >&2; exit 2

lock: setup-dev ## resolve the lock files anew (needs uv)
	@command -v uv >/dev/null || { echo "make lock: uv is needed (pip install uv)." >&2; exit 2; }
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove what running things wrote; .venv stays
	@rm -rf "$(DEMO)" out build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +

setup:
	@deploy/setup.sh runtime

setup-dev:
	@deploy/setup.sh dev
