"""Does this dossier satisfy this pack on this day? Pure functions: no clock, no disk, no database."""
