"""Where the iterates end for every learning rate."""
