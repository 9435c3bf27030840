#!/bin/sh
# Say, as Markdown, where the preview of a pull request is. PREVIEW is the address of the artefact; empty, there is none.
# usage: PREVIEW=ADDRESS scripts/preview-note.sh
set -eu
printf '\n### Preview\n\n'
if [ -z "${PREVIEW?}" ]; then
    echo "No page could be made: mend the errors first."
    exit 0
fi
cat <<END
[Download all pages as they would be, drafts too]($PREVIEW), unpack them, run \`python3 -m http.server\` in the folder,
and open http://localhost:8000/ in a browser. A page with an error is not among them.
END
