"""Several runs beside each other: read, told apart, drawn and judged. No torch here."""
