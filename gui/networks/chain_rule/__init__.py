"""The chain rule on the graph of an expression."""
