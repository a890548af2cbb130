# つなぐ名札. `make` lists what there is.
VENV := .venv
PY := $(VENV)/bin/python

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/dev assets ## environment, libraries, browser files, catalogues

$(VENV)/dev: requirements/dev.txt pyproject.toml
	.ci/environment dev
	touch $(VENV)/dev $(VENV)/runtime

$(VENV)/runtime: requirements/runtime.txt pyproject.toml
	.ci/environment runtime
	touch $@

assets: $(VENV)/runtime ## bundle scripts and styles, compile the catalogues
	$(PY) -m app.web.building

demo: assets ## the whole loop with a fictional town; LAN=1 for a phone nearby, PORT=8080
	$(VENV)/bin/nafuda demo --port $${PORT:-8000} $(if $(filter 1,$(LAN)),--lan)

test: setup ## everything: rules, both databases, real browsers
	.ci/prepare
	.ci/test

check: ## what every change must pass, as the server runs it
	.ci/run

faults: setup ## every fault with 20 seeds: nothing lost, doubled or falsely said (up to 90 minutes)
	$(PY) -m tests.faults
	$(PY) -m tests.instruction_faults
	$(PY) -m tests.instruction_faults --only "killed at random" --seeds 2 --many 1000

faults-short: setup ## the same with one seed of each (4 minutes)
	$(PY) -m tests.faults --short
	$(PY) -m tests.instruction_faults --short

races: setup ## two counsellors press at once in real browsers, fifty times each, on both databases (12 minutes)
	ROUNDS=50 $(PY) -m pytest -n 0 --durations 0 tests/browser/desk/test_races.py

canary: setup ## twelve invented persons typed everywhere: every byte that was written is searched
	$(VENV)/bin/pytest tests/canary -n 0 --no-header -q

format: ## tidy the code
	$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format .

screenshots: setup ## pictures of the screens, light and dark, into screenshots/
	$(PY) -m tests.browser.pictures

bench: setup ## goals as ratios, into bench/out/results.json
	$(PY) -m bench

load: setup ## 5,000 phones that come back within ten seconds
	$(PY) -m bench.load

catalogues: $(VENV)/dev ## collect new strings into locales/
	$(PY) -m app.web.building collect

lock: $(VENV)/dev ## pin the libraries again, with hashes and without hosts
	$(VENV)/bin/uv pip compile -q --generate-hashes --no-header --universal --python-version 3.11 pyproject.toml --group build -o requirements/runtime.txt
	$(VENV)/bin/uv pip compile -q --generate-hashes --no-header --universal --python-version 3.11 pyproject.toml --group dev -o requirements/dev.txt

.PHONY: help setup assets demo test check faults faults-short races canary format screenshots bench load catalogues lock
