"""The tables below the picture."""
