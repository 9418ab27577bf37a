"""Questions about one pass: where a box comes from, where an object was lost."""
