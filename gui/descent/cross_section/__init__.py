"""A cut through the landscape along a line."""
