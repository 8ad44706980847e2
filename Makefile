# Thin: each word says in one line what it does, the work is in scripts. T= names tests, M= a migration.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo demo-code run test check static prove score bench fix docs words screenshots migration sbom deps lock
PY := .venv/bin/python
READY := @config/setup/ready.sh
T ?=
M ?=
A ?= landelijk

help: ## list these words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: ## set up, load the demo world and serve it; Ctrl-C ends it
	$(READY) demo
	@$(PY) -m caseapp words compile
	@$(PY) -m caseapp demo

demo-code: ## the second step of a demo account now (A=account)
	@CASEAPP_STAGE=demo $(PY) -m caseapp demo-code "$(A)"

run: ## serve the tree while you work on it, with reload
	$(READY) demo
	@$(PY) -m caseapp words compile
	@CASEAPP_STAGE=development $(PY) -m flask --app wsgi run --debug

test: ## everything: checks, SQLite and PostgreSQL, the browser (T=path for one)
	$(READY) test
	@$(MAKE) --no-print-directory static
	@$(PY) -m pytest -n 2 --dist worksteal $(T)

check: ## checks and the tests without a browser (T=path for one)
	$(READY) check
	@$(MAKE) --no-print-directory static
	@$(PY) -m pytest -n 2 --dist worksteal -m "not browser" $(T)

static: ## style, types, import contracts, templates, words, generated pages
	$(READY) check
	@config/setup/static.sh

prove: ## the long proofs in full, resumable; writes docs/proof.md
	$(READY) test
	@$(PY) -m caseapp words compile
	@$(PY) -m tests.prove

score: ## what of ASVS 5.0 and of the 64 attacks is verified by tests that pass
	$(READY) test
	@$(PY) -m caseapp words compile
	@$(PY) -m tests.score

bench: ## how fast, on SQLite and PostgreSQL
	$(READY) check
	@$(PY) -m caseapp words compile
	@$(PY) -m tests.bench

fix: ## put style right where a tool can
	$(READY) check
	@$(PY) -m ruff check --fix . ; $(PY) -m ruff format . ; $(PY) -m djlint --reformat --quiet templates

docs: ## write the tables in docs/ from the code
	$(READY) check
	@$(PY) -m caseapp docs
	@$(PY) -m tests.score attacks

words: ## take new texts into the catalogue and say what lacks Dutch
	$(READY) check
	@$(PY) -m caseapp words extract && $(PY) -m caseapp words check && $(PY) -m caseapp words compile

screenshots: ## take the pictures of the README and the pages
	$(READY) test
	@$(PY) -m caseapp words compile
	@$(PY) -m tests.screenshots

migration: ## draft the next numbered migration (M="words")
	$(READY) check
	@$(PY) -m caseapp migration "$(M)"

sbom: ## write the inventory of what we build on to build/sbom.json (CycloneDX)
	$(READY) check
	@$(PY) config/setup/sbom.py

deps: ## the gate of what we build on: names, hashes, known faults, licences
	$(READY) check
	@config/setup/deps.sh

lock: ## pin what requirements/*.in ask for anew (U=--upgrade for newer ones)
	$(READY) check
	@config/setup/lock.sh $(U)
