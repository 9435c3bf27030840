#!/bin/sh
# Bring the site.json of the site as it stands in public, for `trialpages build --previous FILE`.
# No site yet (404, or a name that nobody knows): no file, and that is said. Any other trouble ends with an error, since
# a build that knows nothing of the public site would let its pages vanish without a word.
# usage: scripts/previous-site.sh ADDRESS-OF-THE-SITE FILE
#   TRIES, WAIT  how often it is asked (4), and the seconds between (5)
set -eu
address=${1%/}/site.json
file=$2
tries=${TRIES:-4}

rm -f "$file"
while :; do
    failed=0
    status=$(curl --silent --show-error --location --max-time 60 --max-filesize 200000000 \
        --output "$file.part" --write-out '%{http_code}' "$address") || failed=$?
    if [ "$failed" = 0 ] && [ "$status" = 200 ]; then
        mv "$file.part" "$file"
        echo "The public site is known: $address"
        exit 0
    fi
    rm -f "$file.part"
    tries=$((tries - 1))
    if [ "$status" = 404 ] || { [ "$failed" = 6 ] && [ "$tries" -le 0 ]; }; then
        echo "There is no site at $address yet: this is a first publication."
        exit 0
    fi
    if [ "$tries" -le 0 ]; then
        echo "The public site cannot be asked for its pages ($address: status ${status:-none}, curl $failed)." >&2
        echo "Nothing is published, so that no page vanishes without a word. Run it again later." >&2
        exit 1
    fi
    sleep "${WAIT:-5}"
done
