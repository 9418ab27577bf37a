"""The Training workspace."""
