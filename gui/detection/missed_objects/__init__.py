"""Where an object was lost."""
