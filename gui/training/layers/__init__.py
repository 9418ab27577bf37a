"""Layer by layer: how far a step moves the weights, how long the gradient is, what is clipped."""
