"""Basins of attraction on the map."""
