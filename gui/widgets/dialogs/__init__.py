"""Dialogs, and what they are laid out with."""
