"""Feature maps: every channel in a list, and what a cell of a map sees."""
