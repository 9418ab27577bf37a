"""Surfaces that are the loss of a small model on a data set."""
