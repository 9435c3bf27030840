"""The type of every kind of file that a site may hold: one table for the preview, for S3, for nginx and for tests.

Text says that it is UTF-8. JSON has no such parameter: it is UTF-8 by its own rules (RFC 8259). A feed is
`application/xml` like a sitemap: every feed reader takes it, a browser shows it with the feed's style sheet, and
hosts that go by a name's end could say nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

UNKNOWN = "application/octet-stream"
UTF_8 = "; charset=utf-8"

MEDIA_TYPES: Mapping[str, str] = {
    "avif": "image/avif",
    "css": f"text/css{UTF_8}",
    "csv": f"text/csv{UTF_8}",
    "gif": "image/gif",
    "gz": "application/gzip",
    "html": f"text/html{UTF_8}",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": f"text/javascript{UTF_8}",
    "json": "application/json",
    "md": f"text/markdown{UTF_8}",
    "mjs": f"text/javascript{UTF_8}",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": f"text/plain{UTF_8}",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": f"application/xml{UTF_8}",
    "zip": "application/zip",
}
"""By the end of a file's name, without its dot."""


def media_type(path: str) -> str:
    """Return the type of a file by its name.

    >>> media_type("trials/NCT00000001/trial.json")
    'application/json'
    """
    return MEDIA_TYPES.get(_ending(path), UNKNOWN)


def is_text(path: str) -> bool:
    """Say whether a file is text, and so becomes smaller when it is compressed."""
    kind = media_type(path).partition(";")[0]
    return kind.startswith("text/") or kind.endswith(("json", "xml"))


def _ending(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""
