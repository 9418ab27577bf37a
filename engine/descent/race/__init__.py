"""Several optimizers from one start, step by step."""
