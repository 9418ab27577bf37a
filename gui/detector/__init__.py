"""What the workspaces that have a detector share."""
