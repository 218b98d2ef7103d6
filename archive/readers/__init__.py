"""Readers: what stands in a file, page by page; one file per format, one table, all run in isolated workers."""
