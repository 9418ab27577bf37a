"""Thalweg in a window. Never computes: it asks the engine."""
