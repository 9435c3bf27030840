#!/bin/sh
# Say, as Markdown, where the preview of a pull request is. PREVIEW is the address of the artefact.
# usage: PREVIEW=ADDRESS scripts/preview-note.sh
set -eu
cat <<END

### Preview

[Download all pages as they would be](${PREVIEW:?}), unpack them, run \`python3 -m http.server\` in the folder,
and open http://localhost:8000/ in a browser.
END
