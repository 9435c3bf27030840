"""Layer 0: the words that every other layer uses: diagnostics, digests, field markers."""
