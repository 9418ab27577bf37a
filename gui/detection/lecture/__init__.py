"""The lecture in Detection: its scenes by one key, and the picture in large type."""
