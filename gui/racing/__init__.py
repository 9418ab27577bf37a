"""Optimizers side by side: table, settings, player, history, curves, standings."""
