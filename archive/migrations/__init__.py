"""Changes of the catalogue's schema, in order."""
