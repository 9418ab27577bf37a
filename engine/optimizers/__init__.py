"""Each optimizer as one record of pure functions over a batch of points."""
