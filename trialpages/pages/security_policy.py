"""The Content-Security-Policy of every page: the one text of it, for the page itself and for the header.

A page loads from its own site and from nowhere else, runs no script and takes no style that stands in the page, and
sends nothing away but its own forms. The page carries the policy, so a folder that is served anywhere is safe; a
header can say one thing more, who may show the page in a frame. No site needs to loosen it: there is no setting.
"""

from __future__ import annotations

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        # A site's own templates may name a manifest, and its own style sheet a font; ours do not.
        "manifest-src 'self'",
        "font-src 'self'",
    )
)
"""What every page says in a `meta` element. It holds no character that HTML would have to escape."""

HEADER_POLICY = f"{POLICY}; frame-ancestors 'none'"
"""What a server says. A page in a frame of another site could be laid over with other words; whoever wants to
quote a trial has its data."""
