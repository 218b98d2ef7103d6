"""Files that hold files: ZIP, 7z, RAR."""
