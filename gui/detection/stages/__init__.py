"""The stages of a two-stage detector, each with its own view over the picture."""
