"""What a whole landscape shows: basins, stability, critical points, sections."""
