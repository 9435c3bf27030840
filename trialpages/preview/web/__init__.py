"""The server: addresses, open pages, what the browser may know, and the threads behind it."""
