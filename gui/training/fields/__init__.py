"""The fields from which a training's spec is made, a group for each idea."""
