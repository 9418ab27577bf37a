"""One budget of gradients for every optimizer."""
