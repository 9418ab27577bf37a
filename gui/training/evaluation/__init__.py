"""How good a run's model is, as a page."""
