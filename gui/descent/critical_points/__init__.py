"""Minima, maxima and saddles on the map."""
