"""The loss in its parts: their coefficients in the form, the equation with its numbers."""
