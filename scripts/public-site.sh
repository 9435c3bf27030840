#!/bin/sh
# Tell a build's files from another's, and see that a site in public is the one that was built.
# Four small files stand for all: the home page, site.json, the feed, and the name of the search index, which is made
# of the words of every trial.
# usage: scripts/public-site.sh mark FOLDER            print the mark of a built site
#        scripts/public-site.sh see ADDRESS MARK       ask until the public site has that mark
#   TRIES, WAIT  how often it is asked (20), and the seconds between (15)
set -eu
files='index.html site.json feed.xml search/latest.json'

if [ "$1" = mark ]; then
    cd "$2"
    # shellcheck disable=SC2086
    cat $files | sha256sum | cut -d ' ' -f 1
    exit 0
fi

address=${2%/}
mark=$3
tries=${TRIES:-20}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
while :; do
    trouble=
    : >"$work/all"
    for file in $files; do
        path=$file
        if [ "$file" = index.html ]; then path=; fi
        # With a question that nobody asked before, no answer of an earlier day comes from a store on the way.
        asked="$address/$path?run=${GITHUB_RUN_ID:-0}-$tries"
        if ! curl --silent --show-error --fail --location --max-time 30 "$asked" >>"$work/all" 2>"$work/said"; then
            trouble="$address/$path does not answer: $(cat "$work/said")"
            break
        fi
    done
    if [ -z "$trouble" ]; then
        if [ "$(sha256sum <"$work/all" | cut -d ' ' -f 1)" = "$mark" ]; then
            echo "The new site stands at $address/"
            exit 0
        fi
        trouble="$address/ still shows another version"
    fi
    tries=$((tries - 1))
    if [ "$tries" -le 0 ]; then
        echo "$trouble" >&2
        exit 1
    fi
    sleep "${WAIT:-15}"
done
