#!/bin/sh
# Read the messages of the interface out of the code, and bring every catalogue up to date with them.
# Messages that are new stand in the catalogue without a translation; tests/test_language.py names them.
# usage: scripts/messages.sh PYTHON
set -eu
python=$1
template=$(mktemp)
trap 'rm -f "$template"' EXIT
"$python" -m babel.messages.frontend --quiet extract --mapping-file babel.cfg --no-default-keywords \
    --keywords "_ N_ ngettext:1,2 pgettext:1c,2 amount:2,3" --sort-by-file --no-wrap \
    --add-location file --add-comments "Translators:" --project trialpages --version "" --output-file "$template" .
for catalogue in trialpages/locale/*.po; do
    "$python" -m babel.messages.frontend --quiet update --input-file "$template" --output-file "$catalogue" \
        --locale "$(basename "$catalogue" .po)" --no-wrap --no-fuzzy-matching --ignore-obsolete \
        --ignore-pot-creation-date 
done
