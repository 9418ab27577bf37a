"""The Descent workspace."""
