"""What the nets of a task look like: boundaries, curves, digits, maps, layers, starts."""
