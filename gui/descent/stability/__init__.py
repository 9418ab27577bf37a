"""The map of learning rate against momentum."""
