# make demo    set up and serve the demo on http://127.0.0.1:8000   (PORT=8001, FRESH=1)
# make test    set up and run every test, browser and PostgreSQL included
# make check   format, lint, types, templates and import contracts
# make bench   what a page costs, as a ratio to the floor

PORT ?= 8000
FRESH ?=
SETUP := python3 tools/bootstrap.py
PYTHON := var/venv/bin/python
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache

.PHONY: demo test check bench

demo:
	@$(SETUP)
	@$(PYTHON) manage.py demo --port $(PORT) $(if $(filter 1 yes true,$(FRESH)),--fresh)

test: check
	@$(PYTHON) tools/test.py

check:
	@$(SETUP) dev
	@$(PYTHON) tools/check.py

bench:
	@$(SETUP) dev
	@$(PYTHON) tools/bench.py
