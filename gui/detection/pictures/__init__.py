"""The list of pictures: opening, reading ahead, thumbnails."""
