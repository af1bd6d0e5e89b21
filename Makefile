# Two commands are all a fresh machine needs: make run, make test.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: run test lint notebooks clean

run: $(READY)
	$(BIN)/counterframe train
	$(BIN)/counterframe evaluate --out reports/evaluation
	$(BIN)/counterframe classify seeds -o reports/seeds
	@echo
	@echo "Open reports/evaluation/evaluation.html; the seed articles are in reports/seeds."
	@echo "Next: $(BIN)/counterframe explain 'They took part in operations to liberate Kursk from the neo-Nazis.'"

test: $(READY)
	$(BIN)/python -m pytest -n auto

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# Runs the notebooks and saves them with their outputs.
notebooks: $(READY)
	$(BIN)/python notebooks/run.py

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
	  { echo "Python 3.11 or newer is needed; name one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

clean:
	rm -rf .venv reports
