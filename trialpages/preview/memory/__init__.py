"""The site in memory: read once, changed save by save, and made into pages as they are asked for."""
