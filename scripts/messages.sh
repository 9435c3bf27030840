#!/bin/sh
# Bring every catalogue up to date with the messages in the code; `make messages` does the same.
# usage: scripts/messages.sh PYTHON [LANGUAGE TO BEGIN...]
set -eu
python=$1
shift
exec "$python" -m trialpages.messages "$@"
