"""One step: its vectors, and its update formulas with values."""
