"""Layer 1: files become documents: plain values that remember where they stand."""
