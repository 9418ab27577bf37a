"""What lies behind the picture: layers, histograms, further starts."""
