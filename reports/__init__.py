"""One data object, several renderers: what people read about a dossier."""
