"""What is drawn over the picture, one file a layer."""
