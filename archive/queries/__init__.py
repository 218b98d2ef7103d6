"""The queries over the catalogue, by subject; the rest of the product asks through `archive.catalogue`."""
