"""A demo campaign with its sample dossiers: made by a seed, every name in it invented."""
