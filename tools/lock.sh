#!/bin/sh
# Pin every dependency with its hashes; no file names the index that served it.
set -eu
python3 tools/bootstrap.py
compile="var/tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header"
$compile pyproject.toml -o requirements.lock "$@"
$compile pyproject.toml --extra s3 -c requirements.lock -o requirements-s3.lock "$@"
$compile pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock "$@"
