"""Networks: from the chain rule on a graph to optimizers on real networks."""
