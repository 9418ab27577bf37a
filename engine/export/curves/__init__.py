"""Curves of trainings: as a table, as a figure, as a log for TensorBoard."""
