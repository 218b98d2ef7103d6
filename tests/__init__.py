"""The tests, mirroring the packages; `python -m tests` runs every check of the project."""
