"""One step taken apart: its vectors and its numbers."""
