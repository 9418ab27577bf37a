"""The lecture: its headings and scenes, and the mode that shows them to a hall."""
