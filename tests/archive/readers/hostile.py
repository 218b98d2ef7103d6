"""Hostile files, one family a module: what a clerk, a broken disk or an enemy may drop. All are made in seconds."""

from __future__ import annotations

from collections.abc import Callable

from tests.archive.readers import (
    hostile_bundles,
    hostile_cuts,
    hostile_ole,
    hostile_packages,
    hostile_pdfs,
    hostile_pictures,
    hostile_words,
    hostile_zips,
)

FAMILIES: dict[str, dict[str, Callable[[], bytes]]] = {
    "zips": hostile_zips.FILES,
    "packages": hostile_packages.FILES,
    "pdfs": hostile_pdfs.FILES,
    "ole": hostile_ole.FILES,
    "pictures": hostile_pictures.FILES,
    "words": hostile_words.FILES,
    "bundles": hostile_bundles.FILES,
    "cuts": hostile_cuts.FILES,
}
FILES: dict[str, Callable[[], bytes]] = {name: make for family in FAMILIES.values() for name, make in family.items()}
