"""Races as figures, animations, tables and scripts."""
