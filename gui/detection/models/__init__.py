"""Choosing, downloading and opening a detector."""
