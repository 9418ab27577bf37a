"""The vectors and the numbers of one step."""
