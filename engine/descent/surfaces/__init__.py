"""Surfaces of two parameters: benchmark functions, formulas."""
