# The commands that people type. Each does what the script of its name does; CI runs `make test`.
.DEFAULT_GOAL := help
.PHONY: help setup test check publish docs pictures

help:  ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

setup:  ## system packages, fonts, .venv with the locked packages, tools for development included
	bash scripts/setup.sh requirements-dev.lock

test:  ## everything that CI checks; one test: make test ARGS="-k 舍入"
	bash scripts/test.sh $(ARGS)

check: setup  ## style and types, without the tests
	bash scripts/check.sh

publish:  ## print the samples to output/; a review copy: make publish ARGS=--draft
	bash scripts/publish.sh $(ARGS)

docs: setup  ## write what is made from other files: docs/checks.md, docs/rooms.svg, the compiled messages
	.venv/bin/python scripts/checks_docs.py
	.venv/bin/python scripts/draw_rooms.py
	.venv/bin/python scripts/click_wording.py

pictures: setup  ## take the pictures of the README anew (docs/pictures/); needs Chromium
	.venv/bin/python scripts/pictures.py
