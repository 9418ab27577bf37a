"""One forward pass stage by stage, and what thresholds select from it."""
