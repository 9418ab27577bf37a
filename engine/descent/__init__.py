"""Optimizers on two-parameter surfaces."""
