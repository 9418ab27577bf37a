"""What the workspace opens: a scene of the lecture, a file."""
