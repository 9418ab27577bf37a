"""Where a folder's objects are lost."""
