"""The map of a loss landscape, its layers and its surface in three dimensions."""
