"""What we hold: blobs, the catalogue, readings and the search index. Knows nothing of rules, inbox or reports."""
