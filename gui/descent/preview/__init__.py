"""A racer's whole path while its settings are dragged."""
