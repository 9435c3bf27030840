"""The tables of permanent codes, one file per subject; `trialpages.words.catalogue` joins them."""
