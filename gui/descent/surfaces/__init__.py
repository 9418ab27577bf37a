"""Choosing a surface."""
