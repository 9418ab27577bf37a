"""The network drawn, with the shapes and small maps of the picture that is open."""
