"""Checks between the papers of one dossier: one file per check, and one literal table that lists them."""
