"""Full-text search over the archive: our own query language and ranking behind a narrow port; engines sit in `table`."""
