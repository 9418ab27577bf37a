"""Where one is over the picture, and the way back."""
