"""Exporting pictures and annotations."""
