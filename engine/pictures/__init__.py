"""Reading pictures, thumbnails, the bundled samples."""
