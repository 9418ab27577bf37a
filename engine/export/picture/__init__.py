"""Annotated pictures: drawn, and as SVG."""
