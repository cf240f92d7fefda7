#!/bin/sh
# Collect the messages of the sources into the Dutch catalogue; then fill what is empty there.
set -eu
python3 tools/bootstrap.py dev
var/venv/bin/python manage.py makemessages --locale nl --no-location --no-wrap --no-obsolete --ignore 'var/*' --ignore 'tests/*'
