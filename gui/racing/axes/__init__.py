"""What the curves of a race show upwards, and what they are drawn over."""
