"""Where theory says that a rule is stable, and how fast it is, on a quadratic."""
