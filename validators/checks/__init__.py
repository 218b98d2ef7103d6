"""One file per check, and one literal table that lists them."""
