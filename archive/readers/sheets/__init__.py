"""Workbooks and CSV, read as tables."""
