"""A race on a surface: what is kept of it, what its curves and its standings say."""
