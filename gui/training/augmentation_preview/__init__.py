"""What the net will get: augmented pictures with their objects drawn."""
