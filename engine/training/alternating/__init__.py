"""Training in four steps: RPN, detector, RPN, detector, until both share their features."""
