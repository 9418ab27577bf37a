"""The canvas for pictures: its pyramid and tiles, its view and the tools on it."""
