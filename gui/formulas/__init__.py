"""Typeset formulas."""
