"""Full-text search: our own query language and ranking behind a narrow port; the engines stand in `table`."""
