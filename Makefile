# make demo    set up and serve the demo on http://127.0.0.1:8000   (PORT=8001, FRESH=1)
# make test    set up and run every test, browser and PostgreSQL included
# make check   format, lint, types, templates and import contracts
# make bench   what a page costs, as a ratio to the floor
# make bench-scale   what a group of 100,000 costs among a million learners   (LEARNERS=20000)

PORT ?= 8000
FRESH ?=
LEARNERS ?= 1000000
SETUP := python3 tools/bootstrap.py
PYTHON := var/venv/bin/python
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache

.PHONY: demo test check bench bench-scale

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

bench-scale:
	@$(SETUP) dev
	@$(PYTHON) tools/bench_scale.py --learners $(LEARNERS)
