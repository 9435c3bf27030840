"""Bringing registry records: the registry's interface over HTTP, files that people downloaded, and what they change.

Everything here writes registry records and scaffolds of new trials only. Files of editors are never touched.
"""
