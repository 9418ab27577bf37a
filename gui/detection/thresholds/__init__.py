"""The thresholds of both stages, with undo."""
