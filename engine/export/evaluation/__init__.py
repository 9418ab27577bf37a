"""An evaluation as JSON, as a table and as a figure."""
