"""What is told of a survey's objects: thumbnails, tables, and two surveys compared."""
