"""Several runs beside each other: their curves, what differs, what they came to."""
