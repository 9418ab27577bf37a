"""Handwritten digits: what they are taken for, and one that is drawn with the mouse."""
