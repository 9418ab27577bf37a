"""Optimizers as a script of PyTorch makes them."""
