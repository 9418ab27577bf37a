"""Tasks for small real networks: data, net and loss, and the optimizers that race on them."""
