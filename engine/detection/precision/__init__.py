"""What a faster, coarser precision changes on this machine, measured and remembered."""
