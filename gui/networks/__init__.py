"""The Networks workspace."""
