"""How the weights are changed: optimizer, learning-rate schedule, and how far a step goes."""
