"""The Detection workspace."""
