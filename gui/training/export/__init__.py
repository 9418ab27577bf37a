"""Exports of the curves that are shown."""
