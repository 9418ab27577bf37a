"""Surfaces made of data: the data set, its batches and the pull of each example."""
