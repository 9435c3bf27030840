"""The parts of a trial page: one module for each section, from records to plain data for its template."""
