"""A training as a folder: what is in it, what it goes on from, and who may write to it."""
