"""The page of backpropagation: a net, number by number."""
