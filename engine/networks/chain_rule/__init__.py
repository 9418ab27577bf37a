"""The chain rule on the computation graph of an expression."""
