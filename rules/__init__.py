"""What a dossier must contain: rule packs as data, their loader and their closed vocabulary."""
