"""Where a box comes from."""
