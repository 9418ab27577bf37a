"""Thalweg's engine: optimizers, detectors and training. Never imports Qt."""
