"""Small real networks on which optimizers race."""
