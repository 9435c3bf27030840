"""The search index: terms, names and postings of all trials, written as plain JSON files."""
