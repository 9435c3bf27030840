"""The live preview: the site in memory, what changes on disk, and the pages that show it."""
