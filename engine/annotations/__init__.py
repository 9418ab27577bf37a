"""Annotated objects: one file a format, read and written."""
