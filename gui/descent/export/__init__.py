"""Exporting a race."""
